package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {
  @TempDir private Path folder;

  @Test
  void makesNothingOnAMachineThatRefusesMounts() throws Exception {
    Path place = Files.createDirectory(folder.resolve("place"));
    Path report = Files.createFile(folder.resolve("report"));

    Process trial =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--net",
                "--uts",
                "setpriv",
                "--bounding-set=-sys_admin",
                "--inh-caps=-sys_admin",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Trial.class.getName(),
                place.toString(),
                report.toString())
            .inheritIO()
            .start();

    assertThat(trial.waitFor()).isZero();
    Map<Trial.Step, String> words = TrialChecks.parse(Files.readAllLines(report), "");
    assertThat(words.get(Trial.Step.TMPFS)).contains("EPERM");
    assertThat(words.get(Trial.Step.OVERLAY)).isEqualTo("not tried without private folders");
    assertThat(words.get(Trial.Step.IDS)).matches("[0-9]+");
    assertThat(place).isEmptyDirectory();
    assertThat(TrialChecks.judge(words)).hasSize(List.of(Trial.Step.values()).size());
  }
}
