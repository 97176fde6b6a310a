package dev.warren.lab.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JanitorTest {
  @TempDir private Path folder;

  @Test
  void removesTheFolderOfALabWhoseSupervisorIsKilled() throws Exception {
    Process supervisor = startSupervisor("demo");
    Path lab = folder.resolve("demo");
    assertThat(lab.resolve("state/left")).exists();

    supervisor.destroyForcibly().waitFor();

    await().untilAsserted(() -> assertThat(lab).doesNotExist());
  }

  @Test
  void sparesALabThatTookTheName() throws Exception {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path name = folder.resolve("demo");
    Janitor janitor = Janitor.watch(first, name);
    Files.move(first, folder.resolve("elsewhere"));
    Files.createDirectory(name);
    Path kept = Files.createFile(name.resolve("kept"));

    janitor.close();

    assertThat(kept).exists();
  }

  private Process startSupervisor(String lab) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Supervisor.class.getName(),
                folder.toString(),
                lab)
            .redirectError(Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader();
    assertThat(output.readLine()).isEqualTo("registered");
    return process;
  }

  /** Registers a lab, leaves a file in its state and sits there. */
  static final class Supervisor {
    private Supervisor() {}

    public static void main(String[] arguments) throws IOException {
      Registration registration = RunningLabs.in(Path.of(arguments[0])).register(arguments[1]);
      Files.writeString(registration.stateDirectory().resolve("left"), "x");
      registration.publish(List.of());
      System.out.println("registered");
      System.in.read();
      System.exit(registration.hashCode() == 0 ? 1 : 0);
    }
  }
}
