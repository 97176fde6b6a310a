package dev.warren.lab.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.testing.OtherJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JanitorTest {
  @TempDir private Path folder;

  @Test
  void removesTheFolderOfASupervisorThatWasKilledBeforeItHeardOfIt() throws Exception {
    Path first = folder.resolve("first");
    String command = "read -r _; exec sh -c \"$0\" warren-janitor \"$@\"";
    Process process =
        new ProcessBuilder("sh", "-c", command, Janitor.SCRIPT, first.toString(), folder + "/demo")
            .start();
    // Who would hear the janitor's first word is gone when it comes.
    process.getInputStream().close();
    try (OutputStream input = process.getOutputStream()) {
      input.write('\n');
    }
    assertThat(process.waitFor()).isZero();
    assertThat(first).doesNotExist();
  }

  @Test
  void removesTheFolderOfALabWhoseSupervisorIsKilled() throws Exception {
    Path lab = folder.resolve("demo");
    try (OtherJvm supervisor = OtherJvm.start(Supervisor.class, folder, "demo")) {
      assertThat(lab.resolve("state/left")).exists();

      supervisor.kill();
    }

    await().untilAsserted(() -> assertThat(lab).doesNotExist());
  }

  @Test
  void sparesALabThatTookTheName() throws Exception {
    Path first = folder.resolve("first");
    Path name = folder.resolve("demo");
    Janitor janitor = Janitor.make(first, name);
    Files.move(first, folder.resolve("elsewhere"));
    Files.createDirectory(name);
    Path kept = Files.createFile(name.resolve("kept"));

    janitor.close();

    assertThat(kept).exists();
  }

  @Test
  void saysWhyTheFolderCannotBeMade() {
    assertThatIOException()
        .isThrownBy(() -> Janitor.make(folder.resolve("missing/first"), folder.resolve("demo")))
        .withMessageContainingAll("cannot make the folder of a lab", "No such file or directory");
  }

  /** Registers a lab and leaves a file in its state. */
  static final class Supervisor {
    private Supervisor() {}

    public static void main(String[] arguments) throws IOException {
      Registration registration = RunningLabs.in(Path.of(arguments[0])).register(arguments[1]);
      Files.writeString(registration.stateDirectory().resolve("left"), "x");
      registration.publish(List.of());
      OtherJvm.tellAndWait(registration, List.of());
    }
  }
}
