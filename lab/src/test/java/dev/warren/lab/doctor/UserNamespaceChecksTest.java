package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserNamespaceChecksTest {
  @TempDir private Path root;
  private Machine machine;

  @BeforeEach
  void makeMachine() {
    machine = new Machine(root);
  }

  @ParameterizedTest
  @CsvSource({
    "/proc/sys/user/max_user_namespaces, 0, sysctl user.max_user_namespaces",
    "/proc/sys/kernel/unprivileged_userns_clone, 0, sysctl kernel.unprivileged_userns_clone=1",
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns, 1, AppArmor profile with `userns",
    "/proc/self/attr/current, docker-default (enforce), apparmor=unconfined",
    "/proc/self/status, 'Seccomp:\t2', seccomp profile",
  })
  void namesTheRemedyForWhatRefuses(String file, String text, String remedy) throws Exception {
    write(file, text);

    Finding finding =
        UserNamespaceChecks.refusal(machine, "unshare failed: Operation not permitted");

    assertThat(finding.verdict()).isEqualTo(Verdict.NO);
    assertThat(finding.remedy().orElseThrow()).contains(remedy);
  }

  @Test
  void tellsAnExhaustedLimitByTheWords() {
    assertThat(
            UserNamespaceChecks.refusal(machine, "unshare failed: No space left on device")
                .detail())
        .isEqualTo("the limit of namespaces is reached");
  }

  @Test
  void tellsSelinuxOnlyWhenItDenies() throws Exception {
    write("/sys/fs/selinux/enforce", "1");

    assertThat(UserNamespaceChecks.refusal(machine, "Permission denied").detail())
        .startsWith("SELinux");
    assertThat(UserNamespaceChecks.refusal(machine, "Operation not permitted").detail())
        .doesNotContain("SELinux");
  }

  @Test
  void aMissingRangeOfIdsIsALossAndNoRefusal() throws Exception {
    assertThat(UserNamespaceChecks.noRange(machine, "").detail())
        .isEqualTo("newuidmap is not installed");

    write("/usr/bin/newuidmap", "");
    Finding noLine = UserNamespaceChecks.noRange(machine, "unshare: no line matching user \"u\"");
    assertThat(noLine.verdict()).isEqualTo(Verdict.PARTLY);
    assertThat(noLine.remedy().orElseThrow()).contains("/etc/subuid");

    write("/proc/self/status", "NoNewPrivs:\t1");
    assertThat(UserNamespaceChecks.noRange(machine, "").detail()).startsWith("no-new-privileges");
  }

  @Test
  void readsThePowersOfAProcess() throws Exception {
    write("/proc/self/status", "Name:\tx\nCapEff:\t000001ffffffffff");
    assertThat(UserNamespaceChecks.isPrivileged(machine)).isTrue();

    write("/proc/self/status", "Name:\tx\nCapEff:\t00000000a80425fb");
    assertThat(UserNamespaceChecks.isPrivileged(machine)).isFalse();
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file.substring(1));
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
