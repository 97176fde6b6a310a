package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.process.HostCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LabFilesTest {
  private static final Path LOGS = Path.of("/tmp/logs");

  @TempDir Path folder;
  private Lab lab;
  private LabFiles files;

  @BeforeEach
  void start() throws Exception {
    lab =
        Lab.start(
            LabDescription.builder("files-test").build(),
            LabSettings.in(Files.createDirectory(folder.resolve("state"))));
    files = new LabFiles(lab.root());
  }

  @AfterEach
  void end() throws Exception {
    lab.close();
  }

  @Test
  void knowsNoFilesInAFolderThatIsNotThere() throws Exception {
    assertThat(files.sizes(LOGS)).isEmpty();
    assertThat(ServerLogs.mark(files, List.of(LOGS)).since()).isEmpty();
  }

  @Test
  void doesNotMindFilesThatVanish() throws Exception {
    files.write(LOGS.resolve("z.log"), 0644, "stays");
    Process churn =
        lab.root()
            .start(
                HostCommand.shell(
                    "cd /tmp/logs; while :; do for i in 1 2 3 4 5 6 7 8 9; do echo x > $i.log; done;"
                        + " mkdir a; echo x > a/b.log; rm -r [1-9].log a; done"));
    try {
      ServerLogs logs = ServerLogs.mark(files, List.of(LOGS));
      for (int i = 0; i < 200; i++) {
        assertThat(files.sizes(LOGS)).containsKey(LOGS.resolve("z.log"));
        assertThat(logs.since()).doesNotContain("stays");
        files.copyOut(LOGS.resolve("5.log"), folder.resolve("copy"));
      }
      assertThat(churn.isAlive()).isTrue();
    } finally {
      churn.destroyForcibly().waitFor();
    }
  }

  @Test
  void tellsAnInterruptFromABadFile() throws Exception {
    files.write(LOGS.resolve("a.log"), 0644, "text");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> files.read(LOGS.resolve("a.log"), 0, 10))
        .isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> files.copyOut(LOGS.resolve("a.log"), folder.resolve("copy")))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(files.read(LOGS.resolve("a.log"), 0, 10)).isEqualTo("text");
  }
}
