package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.description.Isolation;
import dev.warren.lab.doctor.Trial.Step;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from how a trial went. */
class TrialVerdictsTest {
  @TempDir private Path root;
  private MadeUpMachine made;

  @BeforeEach
  void make() {
    made = new MadeUpMachine(root);
  }

  @Test
  void aStepThatTheTrialDidNotReachIsNoSuccess() {
    Map<Step, String> words = TrialChecks.parse(List.of("hostname ok"), "unshare: something broke");

    assertThat(words).containsEntry(Step.HOSTNAME, "ok");
    assertThat(words.get(Step.BRIDGE)).endsWith("unshare: something broke");
    assertThat(labsWork(words)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void labsNeedTheirBasicsAlone(Step step) {
    boolean basic =
        switch (step) {
          case HOSTNAME, TMPFS, ETC, BRIDGE, CABLE -> true;
          case USR, SYSFS, IDS, TUN, FIREWALL, NAT, NETEM, TBF -> false;
        };

    assertThat(labsWork(allButOne(step, "x: EPERM"))).isEqualTo(!basic);
  }

  @Test
  void anEtcThatCannotBeBelowAnOverlayIsCopied() throws Exception {
    made.with("/proc/self/mountinfo", "9 1 0:1 / /etc/hosts rw - ext4 d rw\n");

    Finding etc = finding(Step.ETC, "mount overlay on /x/etc: EINVAL (Invalid argument)");

    assertThat(etc.verdict()).isEqualTo(Verdict.PARTLY);
    assertThat(etc.detail()).endsWith("mounts below it: /etc/hosts");
  }

  @ParameterizedTest
  @CsvSource({
    "'', modprobe tun",
    "/.dockerenv, docker run --device /dev/net/tun",
    "/run/.containerenv, podman run --device /dev/net/tun",
    "/var/run/secrets/kubernetes.io/x, 'a device plugin for /dev/net/tun, or a privileged pod'",
  })
  void saysWhereADeviceComesFromHere(String trace, String remedy) throws Exception {
    if (!trace.isEmpty()) {
      made.with(trace, "");
    }

    assertThat(finding(Step.TUN, "open /dev/net/tun: ENOENT").remedy()).contains(remedy);
  }

  @Test
  void tellsADeviceThatIsForOthersFromNone() throws Exception {
    made.with("/dev/net/tun", "");

    assertThat(finding(Step.TUN, "open /dev/net/tun: EACCES").remedy())
        .contains("chmod 666 /dev/net/tun");
  }

  @Test
  void modulesAreLoadedWhereTheKernelHasThem() throws Exception {
    made.with("/proc/sys/kernel/osrelease", "6.1");
    assertThat(netem())
        .isEqualTo("a kernel with CONFIG_NET_SCH_NETEM (this one has no such module)");

    made.with("/lib/modules/6.1/modules.dep", "kernel/net/bridge/bridge.ko:\n")
        .with("/etc/os-release", "ID=fedora");
    assertThat(netem()).isEqualTo("dnf install kernel-modules-extra");

    made.with("/lib/modules/6.1/modules.dep", "kernel/net/sched/sch_netem.ko.xz: a.ko.xz\n");
    assertThat(netem()).isEqualTo("modprobe -a sch_netem");

    made.withVariable("container", "lxc");
    assertThat(netem())
        .startsWith("on the machine that runs this container: modprobe -a sch_netem");
  }

  private String netem() {
    return finding(Step.NETEM, "set netem of one: ENOENT").remedy().orElseThrow();
  }

  @Test
  void aFilterIsToldFromAKernelThatLacksSomething() {
    assertThat(finding(Step.BRIDGE, "EPERM").remedy().orElseThrow()).contains("warren seccomp");
    assertThat(finding(Step.BRIDGE, "EOPNOTSUPP").remedy().orElseThrow()).contains("CONFIG_BRIDGE");
  }

  @Test
  void dockersAppArmorRefusesMountsToRoot() throws Exception {
    made.with("/proc/self/attr/current", "docker-default (enforce)");

    assertThat(finding(Step.TMPFS, "mount tmpfs on /x: EACCES").remedy())
        .contains("docker run --security-opt apparmor=unconfined");
  }

  private Finding finding(Step step, String said) {
    return new TrialVerdicts(made.machine()).judge(step, said);
  }

  private static Map<Step, String> allButOne(Step other, String said) {
    return Arrays.stream(Step.values())
        .collect(
            Collectors.toMap(
                Function.identity(),
                step -> step == other ? said : step == Step.IDS ? "65536" : "ok"));
  }

  private boolean labsWork(Map<Step, String> words) {
    return new Diagnosis(new TrialVerdicts(made.machine()).judge(words))
        .choose(Isolation.NAMESPACES)
        .works();
  }
}
