package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A lab of two hosts that another process keeps, and the commands to change it.
 *
 * @param warren the launcher
 * @param folder where commands are run
 * @param file what the lab was started from
 */
record ControlledLab(Checkout warren, Path folder, Path file, Process supervisor) {
  static final String FILE =
      """
      networks:
        lan: {ipv4: 10.9.0.0/24}
      hosts:
        a: {interface: 1}
        b: {interface: 2}
      """;

  /**
   * @param folder an empty one
   */
  static ControlledLab start(Path folder) throws IOException {
    Checkout warren = Checkout.make(folder.resolve("home"));
    Path file = Files.writeString(folder.resolve("two.yaml"), FILE);
    Process supervisor =
        warren.inAnotherJvm("up", file.toString()).redirectErrorStream(true).start();
    assertThat(supervisor.inputReader().readLine()).startsWith("Lab two is up: ");
    return new ControlledLab(warren, folder, file, supervisor);
  }

  /** Runs a command that talks to the lab, in this JVM. */
  Checkout.Result run(String... arguments) {
    StringWriter text = new StringWriter();
    int code =
        CommandLineFactory.create(FolderSurroundings.of(folder, warren.runtime(), text, text))
            .execute(arguments);
    return new Checkout.Result(code, text.toString());
  }

  /** What a command with {@code --json} says. */
  JsonNode json(String... arguments) {
    return JsonMapper.builder().build().readTree(run(arguments).text());
  }

  /** Runs a command by the launcher, to its end. */
  Checkout.Result launch(String... arguments) throws IOException, InterruptedException {
    return warren.run(arguments);
  }

  void kill() throws InterruptedException {
    supervisor.destroyForcibly().waitFor();
  }
}
