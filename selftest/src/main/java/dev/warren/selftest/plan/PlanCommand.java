package dev.warren.selftest.plan;

import dev.warren.lab.process.ProcessTree;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Commands that print plans, as Samba's {@code tests.py} do. They run on the machine itself. */
final class PlanCommand {
  /** Fifty times the whole plan of Samba. */
  private static final int MOST_BYTES = 128 << 20;

  private PlanCommand() {}

  /**
   * What a command of the shell prints. Its complaints go where this process's go.
   *
   * @return empty, and reported, when it fails, or prints no text or far too much of it
   */
  static Optional<String> output(String command, Map<String, String> environment, Problems problems)
      throws InterruptedException {
    Position whole = Position.of(command);
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectError(Redirect.INHERIT);
    builder.environment().putAll(environment);
    Optional<Process> started = Optional.empty();
    try {
      Process process = builder.start();
      started = Optional.of(process);
      byte[] bytes = read(process);
      if (bytes.length > MOST_BYTES) {
        problems.add(whole, "the plan is longer than %d MiB".formatted(MOST_BYTES >> 20));
        return Optional.empty();
      }
      int code = process.waitFor();
      if (code != 0) {
        problems.add(whole, "the command of the plan ended with exit code " + code);
        return Optional.empty();
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      problems.add(whole, "the plan is not UTF-8");
    } catch (IOException e) {
      problems.add(whole, "the command of the plan cannot be run: " + e.getMessage());
    } finally {
      started.filter(Process::isAlive).ifPresent(ProcessTree::end);
    }
    return Optional.empty();
  }

  private static byte[] read(Process process) throws IOException {
    try (InputStream out = process.getInputStream()) {
      return out.readNBytes(MOST_BYTES + 1);
    }
  }
}
