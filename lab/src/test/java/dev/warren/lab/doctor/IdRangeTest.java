package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.linux.kernel.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why there is no range of ids; {@link ElsewhereTest} has those that can be had for real. */
class IdRangeTest {
  private static final String FULL = "000001ffffffffff";
  private static final String DOCKERS = "00000000a80425fb";

  @TempDir private Path root;
  private MadeUpMachine made;

  @BeforeEach
  void makeOneThatLacksNothing() throws Exception {
    made =
        new MadeUpMachine(root)
            .with("/usr/bin/newuidmap", "")
            .with("/proc/self/status", "NoNewPrivs:\t0\nCapBnd:\t" + FULL)
            .with("/proc/self/uid_map", "0 0 4294967295")
            .with("/etc/subuid", "ann:100000:65536")
            .with("/etc/subgid", "ann:100000:65536")
            .withAnswer("id --user --name", 0, "ann")
            .withAnswer("id --user", 0, "1000");
    setMode(04755);
  }

  @Test
  void isALossAndNoRefusal() {
    Finding finding = missing();

    assertThat(finding.verdict()).isEqualTo(Verdict.PARTLY);
    assertThat(finding.need()).isEqualTo(Need.TESTENVS);
    assertThat(finding.detail()).isEqualTo("the words");
  }

  @Test
  void namesThePackageOfTheDistribution() throws Exception {
    Files.delete(made.path("/usr/bin/newuidmap"));

    assertThat(missing().detail()).isEqualTo("newuidmap is not installed");
    assertThat(missing().remedy()).contains("install newuidmap and newgidmap (Debian: uidmap)");
    made.with("/etc/os-release", "ID=ubuntu\nID_LIKE=debian");
    assertThat(missing().remedy()).contains("apt-get install uidmap");
    made.with("/etc/os-release", "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"");
    assertThat(missing().remedy()).contains("dnf install shadow-utils");
  }

  @Test
  void wantsPowersOfTheProgram() throws Exception {
    setMode(0755);

    assertThat(missing().detail()).contains("neither setuid nor has file capabilities");
  }

  @Test
  void wantsALineForTheUserOrItsNumber() throws Exception {
    made.with("/etc/subgid", "bob:100000:65536");
    assertThat(missing().detail()).isEqualTo("/etc/subgid has no line for ann");
    assertThat(missing().remedy().orElseThrow()).startsWith("usermod ").endsWith(" ann");

    made.with("/etc/subgid", "1000:100000:65536");
    assertThat(missing().detail()).isEqualTo("the words");

    made.with("/etc/subgid", "").with("/etc/nsswitch.conf", "passwd: files\nsubid: sss");
    assertThat(missing().detail()).isEqualTo("the words");
  }

  /** In a container that keeps its own powers from programs (Docker's usual bounding set). */
  @Test
  void aSetuidProgramHasNoMorePowersThanTheBoundingSet() throws Exception {
    made.with("/proc/self/status", "NoNewPrivs:\t0\nCapBnd:\t" + DOCKERS);

    assertThat(missing().remedy().orElseThrow()).contains("setcap cap_setuid+ep newuidmap");
  }

  @Test
  void readsThePowersOfAProcess() throws Exception {
    made.with("/proc/self/status", "Name:\tx\nCapEff:\t" + FULL);
    assertThat(UserNamespaceChecks.isPrivileged(made.machine(), "CapEff")).isTrue();

    made.with("/proc/self/status", "Name:\tx\nCapEff:\t" + DOCKERS);
    assertThat(UserNamespaceChecks.isPrivileged(made.machine(), "CapEff")).isFalse();
  }

  private void setMode(int mode) throws Exception {
    Files.setAttribute(made.path("/usr/bin/newuidmap"), "unix:mode", mode);
  }

  private Finding missing() {
    return IdRange.missing(made.machine(), Kernel.real(), "the words");
  }
}
