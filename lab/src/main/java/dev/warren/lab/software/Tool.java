package dev.warren.lab.software;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of the machine and collects what they say. */
final class Tool {

  /** How a program ended, and its output with its complaints. */
  record Result(int code, String output) {
    boolean isOk() {
      return code == 0;
    }
  }

  private Tool() {}

  /** Where a program is found; the places are fixed, as the caller's PATH may lack sbin. */
  static boolean exists(String program) {
    return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /**
   * Runs a pipe of programs to its end.
   *
   * @param environment what is added to this program's own
   * @return the worst exit code of any of them, and what the last one printed and all complained
   * @throws SoftwareException when it takes longer than {@code limit}
   */
  static Result run(Duration limit, List<List<String>> pipe, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path complaints = Files.createTempFile("warren-tool", ".err");
    List<ProcessBuilder> builders =
        pipe.stream().map(command -> builder(command, environment, complaints)).toList();
    List<Process> processes = ProcessBuilder.startPipeline(builders);
    try {
      processes.getFirst().getOutputStream().close();
      CompletableFuture<byte[]> output =
          CompletableFuture.supplyAsync(() -> readAll(processes.getLast()));
      long end = System.nanoTime() + limit.toNanos();
      int code = 0;
      for (Process process : processes) {
        if (!process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
          throw new SoftwareException(
              "%s did not end within %d s"
                  .formatted(String.join(" ", pipe.getFirst()), limit.toSeconds()));
        }
        code = Math.max(code, process.exitValue());
      }
      String text = new String(output.get(), StandardCharsets.UTF_8);
      return new Result(
          code, text + new String(Files.readAllBytes(complaints), StandardCharsets.UTF_8));
    } catch (ExecutionException e) {
      throw new SoftwareException("reading from " + pipe.getLast().getFirst(), e);
    } finally {
      processes.forEach(Process::destroyForcibly);
      Files.deleteIfExists(complaints);
    }
  }

  private static ProcessBuilder builder(
      List<String> command, Map<String, String> environment, Path complaints) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().putAll(environment);
    return builder.redirectError(ProcessBuilder.Redirect.appendTo(complaints.toFile()));
  }

  private static byte[] readAll(Process process) {
    try {
      return process.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
