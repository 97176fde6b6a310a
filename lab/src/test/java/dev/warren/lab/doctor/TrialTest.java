package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.testing.OtherJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    List<String> line = new ArrayList<>(List.of("unshare", "--mount", "--net", "--uts", "setpriv"));
    line.addAll(List.of("--bounding-set=-sys_admin", "--inh-caps=-sys_admin"));
    line.addAll(OtherJvm.command(Trial.class, place, report));
    Process trial = new ProcessBuilder(line).inheritIO().start();

    assertThat(trial.waitFor()).isZero();
    Map<Trial.Step, String> words = TrialChecks.parse(Files.readAllLines(report), "");
    assertThat(words.get(Trial.Step.TMPFS)).contains("EPERM");
    assertThat(words.get(Trial.Step.ETC)).isEqualTo("not tried without private folders");
    assertThat(words.get(Trial.Step.IDS)).matches("[0-9]+");
    assertThat(place).isEmptyDirectory();
    assertThat(new TrialVerdicts(Machine.real()).judge(words))
        .hasSize(List.of(Trial.Step.values()).size());
  }
}
