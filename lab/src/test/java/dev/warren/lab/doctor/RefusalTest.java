package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.SystemCall;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What refuses namespaces, told by the machine's files. {@link ElsewhereTest} has the real ones
 * that can be had on any machine; each of these says why it is none of them.
 */
class RefusalTest {
  private static final String NOT_PERMITTED = "unshare: unshare failed: Operation not permitted";
  private static final String DENIED =
      "unshare: cannot change root filesystem propagation: Permission denied";

  @TempDir private Path root;
  private MadeUpMachine made;

  @BeforeEach
  void make() {
    made = new MadeUpMachine(root);
  }

  @Test
  @DisplayName(
      "Debian's old switch: made up, as only Debian's kernels have it, and it is the machine's")
  void debiansSwitch() throws Exception {
    made.with("/proc/sys/kernel/unprivileged_userns_clone", "0");

    Finding finding = refusal(NOT_PERMITTED).finding("user namespace");

    assertThat(finding.verdict()).isEqualTo(Verdict.NO);
    assertThat(finding.remedy())
        .contains("sysctl kernel.unprivileged_userns_clone=1; or run Warren as root");
  }

  @Test
  @DisplayName(
      "Ubuntu 24.04's switch: made up, as it takes AppArmor in the kernel, and it is the machine's")
  void ubuntusSwitch() throws Exception {
    made.with("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1");

    Refusal refusal = refusal("unshare: write failed /proc/self/uid_map: Operation not permitted");

    assertThat(refusal.cause()).contains("AppArmor", "Ubuntu");
    assertThat(refusal.remedy())
        .contains("kernel.apparmor_restrict_unprivileged_userns=0", "profile with `userns,`");
  }

  @Test
  @DisplayName(
      "docker-default: made up, as a profile is root's to load into a kernel with AppArmor")
  void dockersAppArmor() throws Exception {
    made.with("/proc/self/attr/current", "docker-default (enforce)").with("/.dockerenv", "");

    assertThat(refusal(DENIED).remedy()).isEqualTo("docker run --security-opt apparmor=unconfined");

    // Under Docker's filter unshare says EPERM: that comes first, and AppArmor would come next.
    made.with("/proc/self/status", "Seccomp:\t2");
    assertThat(refusal(NOT_PERMITTED).remedy())
        .contains("warren seccomp --for docker", "apparmor=unconfined");
  }

  @Test
  @DisplayName("SELinux: made up, as a policy is root's to load, for the whole machine")
  void selinux() throws Exception {
    made.with("/sys/fs/selinux/enforce", "1");

    assertThat(refusal(DENIED).cause()).startsWith("SELinux refuses");
    assertThat(refusal(DENIED).remedy()).contains("user_namespace { create }");
    assertThat(refusal(NOT_PERMITTED).cause()).doesNotContain("SELinux");

    made.with("/sys/fs/selinux/enforce", "0");
    assertThat(refusal(DENIED).cause()).doesNotContain("SELinux");
  }

  @Test
  @DisplayName("gVisor: made up, as it is a kernel of its own that a container's engine starts")
  void gvisor() throws Exception {
    made.with("/proc/sys/kernel/osrelease", "4.4.0")
        .withAnswer(
            "dmesg", 0, "[    0.000000] Starting gVisor...\n[    0.1] Mounting deweydecimalfs");

    Finding finding = KernelChecks.run(made.machine(), Kernel.real()).getFirst();

    assertThat(finding.verdict()).isEqualTo(Verdict.NO);
    assertThat(finding.detail()).startsWith("gVisor");
    assertThat(finding.remedy().orElseThrow()).startsWith("another runtime");
  }

  @ParameterizedTest
  @CsvSource({"user, true", "mnt, false", "net, false", "uts, false", "ipc, false", "pid, false"})
  void namesTheLimitThatIsNought(String kind, boolean rootHelps) throws Exception {
    made.with("/proc/sys/user/max_" + kind + "_namespaces", "0");

    Refusal refusal = refusal("unshare: unshare failed: No space left on device");

    assertThat(refusal.remedy()).isEqualTo("sysctl user.max_" + kind + "_namespaces=15000");
    assertThat(refusal.rootHelps()).isEqualTo(rootHelps);
  }

  @Test
  void tellsAFilterOfCallsFromOneOfFlags() throws Exception {
    made.with("/proc/self/status", "Seccomp:\t2");

    assertThat(Refusal.of(made.machine(), new RefusingKernel(), NOT_PERMITTED).cause())
        .startsWith("a seccomp filter is on: ");
    assertThat(refusal(NOT_PERMITTED).cause()).contains("may refuse flags of unshare");
  }

  @Test
  void aUidIsMappedWhereItsMapHasIt() throws Exception {
    made.with("/proc/self/status", "Uid:\t65534\t65534\t65534\t65534\nGid:\t5\t5\t5\t5")
        .with("/proc/self/uid_map", "         0       1000          1");
    assertThat(refusal(NOT_PERMITTED).cause()).contains("uid is not in", "/proc/self/uid_map");

    // Nobody's own number, on the machine itself.
    made.with("/proc/self/uid_map", "         0          0 4294967295");
    assertThat(refusal(NOT_PERMITTED).cause()).contains("chroot");

    made.with("/proc/self/status", "Uid:\t0\t0\t0\t0\nGid:\t65534\t65534\t65534\t65534")
        .with("/proc/self/gid_map", "");
    assertThat(refusal(NOT_PERMITTED).cause()).contains("gid is not in", "/proc/self/gid_map");
  }

  @Test
  void wordsThatNobodyKnowsAreTheCause() {
    assertThat(refusal("unshare: out of cheese").cause()).isEqualTo("unshare: out of cheese");
  }

  private Refusal refusal(String words) {
    return Refusal.of(made.machine(), Kernel.real(), words);
  }

  /** As behind Docker's filter. */
  private static final class RefusingKernel implements Kernel {
    @Override
    public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
      return -Errno.EPERM.number();
    }

    @Override
    public int spawn(
        MemorySegment path,
        MemorySegment fileActions,
        MemorySegment attributes,
        MemorySegment argv,
        MemorySegment envp) {
      throw new AssertionError("nothing is to be started");
    }
  }
}
