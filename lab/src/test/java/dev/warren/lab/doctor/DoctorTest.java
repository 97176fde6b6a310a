package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
  @TempDir private Path folder;

  @Test
  void findsThatLabsWorkWhereTheseTestsRun() throws Exception {
    Diagnosis diagnosis = Doctor.examine(folder.resolve("cache"));

    assertThat(diagnosis.labsWork()).as("%s", diagnosis.findings()).isTrue();
    assertThat(diagnosis.findings())
        .extracting(Finding::name)
        .contains("overlays", "bridges", "cgroups", "cwrap", "KVM", "gdb");
    assertThat(diagnosis.findings())
        .as("what is missing has a price and a remedy")
        .allSatisfy(
            finding -> {
              boolean whole = finding.verdict() == Verdict.YES;
              assertThat(finding.cost().isEmpty()).as(finding.name()).isEqualTo(whole);
              assertThat(finding.remedy().isEmpty()).as(finding.name()).isEqualTo(whole);
            });
  }

  @Test
  void leavesNothingBehind() throws Exception {
    String mounts = Files.readString(Path.of("/proc/self/mounts"));
    String network = Files.readString(Path.of("/proc/net/dev")).replaceAll("\\d+", "");

    Doctor.examine(folder);

    assertThat(Files.readString(Path.of("/proc/self/mounts"))).isEqualTo(mounts);
    assertThat(Files.readString(Path.of("/proc/net/dev")).replaceAll("\\d+", ""))
        .isEqualTo(network);
  }

  @ParameterizedTest
  @CsvSource({
    "6.18.44, YES",
    "5.12.0-9-amd64, YES",
    "5.11.22, NO",
    "4.18.0-553.el8, NO",
    "unknown, NO"
  })
  void wantsAKernelThatHasAllCalls(String release, Verdict verdict) {
    assertThat(KernelChecks.version(release).verdict()).isEqualTo(verdict);
  }

  @Test
  void saysWhatASmallDiskCosts() {
    Path cache = Path.of("/c");

    assertThat(StorageChecks.judge(cache, 5L << 30, true).verdict()).isEqualTo(Verdict.YES);
    assertThat(StorageChecks.judge(cache, 1L << 30, true).verdict()).isEqualTo(Verdict.PARTLY);
    assertThat(StorageChecks.judge(cache, 1L << 20, true).verdict()).isEqualTo(Verdict.NO);
    assertThat(StorageChecks.judge(cache, 5L << 30, false).verdict()).isEqualTo(Verdict.NO);
  }
}
