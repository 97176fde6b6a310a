package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static dev.warren.lab.LabFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.warren.lab.cgroup.MayLimit;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostLimits;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.lab.testing.OtherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a host may use of the machine. */
@Timeout(120)
class HostLimitsTest {
  private static final HostLimits PROCESSES = HostLimits.NONE.withProcesses(20);
  private static final HostLimits CPU = HostLimits.NONE.withCpu(0.2);
  private static final HostLimits MEMORY = HostLimits.NONE.withMemory(64 << 20);

  /** A shell that cannot start another child says so; some try again for a while. */
  private static final String FORTY_CHILDREN =
      "i=0; while [ $i -lt 40 ]; do sleep 300 >/dev/null 2>&1 & i=$((i+1)); done; echo all";

  @TempDir Path state;

  @Test
  void aForkBombStopsAtTheNumberOfProcesses() throws Exception {
    MayLimit.assume("pids");
    try (Lab lab = start(PROCESSES)) {
      HostProcess bomb = lab.host("a").start(HostCommand.shell(FORTY_CHILDREN).mergeErrors());

      assertThat(bomb.inputReader().readLine()).containsIgnoringCase("fork");
      assertThat(processes(lab.host("a"))).hasSizeBetween(19, 20);
      assertThat(ask(lab.host("b"), FORTY_CHILDREN)).as("in a host without").isEqualTo("all");
    }
  }

  @Test
  void whatWarrenStartsInAFullHostIsLetInAndCounts() throws Exception {
    MayLimit.assume("pids");
    try (Lab lab = start(PROCESSES)) {
      Host host = lab.host("a");
      for (int n = 1; n < 20; n++) {
        host.start(HostCommand.of("sleep", "300"));
      }
      await().untilAsserted(() -> assertThat(processes(host)).hasSize(20));

      HostProcess guest =
          host.start(HostCommand.shell("echo in; /bin/true; echo out").mergeErrors());

      assertThat(guest.inputReader().readLine()).isEqualTo("in");
      assertThat(guest.inputReader().readLine()).containsIgnoringCase("fork");
      assertThat(processes(host)).hasSize(21);
    }
  }

  @Test
  void processorsAreSharedOut() throws Exception {
    MayLimit.assume("cpu");
    try (Lab lab = start(CPU)) {
      ask(lab.host("a"), "timeout 1 sh -c 'while :; do :; done' || :");

      Path folder = lab.host("a").cgroups().getFirst();
      String throttled =
          Files.readAllLines(folder.resolve("cpu.stat")).stream()
              .filter(line -> line.startsWith("nr_throttled "))
              .findFirst()
              .orElseThrow();
      assertThat(throttled).isNotEqualTo("nr_throttled 0");
    }
  }

  @Test
  void whoeverNeedsMoreMemoryIsKilledInTheHostAlone() throws Exception {
    MayLimit.assume("memory");
    String hog = "head -c 200000000 /dev/zero | tail | wc -c";
    try (Lab lab = start(MEMORY)) {
      HostProcess process = lab.host("a").start(HostCommand.shell(hog).mergeErrors());

      assertThat(read(process).lines()).contains("0").doesNotContain("200000000");
      assertThat(ask(lab.host("b"), hog)).as("without limits").isEqualTo("200000000");
      assertThat(ask(lab.host("a"), "echo alive")).isEqualTo("alive");
    }
  }

  @Test
  void everyProcessOfTheHostIsInItsCgroupsFromItsInitOn() throws Exception {
    MayLimit.assume("cpu", "pids");
    HostLimits both = PROCESSES.withCpu(2);
    LabDescription description =
        LabDescription.builder("limited")
            .network("lan", "10.9.0.0/24")
            .host(
                HostDescription.named("a")
                    .on("lan")
                    .limits(both)
                    .service(ServiceDescription.of("sleeper", "sleep", "60").build()))
            .build();
    try (Lab lab = Lab.start(description, LabSettings.in(state))) {
      Host host = lab.host("a");
      HostProcess process = host.start(HostCommand.shell("sleep 60 & echo $!; wait"));
      assertThat(process.inputReader().readLine()).isNotNull();
      HostProcess user = host.start(HostCommand.of("sleep", "60").user("root"));

      assertThat(host.cgroups()).hasSizeBetween(1, 2);
      for (Path folder : host.cgroups()) {
        // What was just started goes in before it becomes the program.
        await()
            .untilAsserted(
                () ->
                    assertThat(Files.readAllLines(folder.resolve("cgroup.procs")))
                        .hasSize(5)
                        .contains("" + host.pid(), "" + process.pid(), "" + user.pid())
                        .doesNotContain("" + ProcessHandle.current().pid()));
      }
    }
  }

  @Test
  void aProgramThatIsNotThereIsAnErrorOfTheStart() throws Exception {
    MayLimit.assume("pids");
    try (Lab lab = start(PROCESSES)) {
      assertThatThrownBy(() -> lab.host("a").start(HostCommand.of("no-such-program")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no-such-program");
    }
  }

  @Test
  void aProcessOnATerminalHasTheLimitsToo() throws Exception {
    MayLimit.assume("pids");
    try (Lab lab = start(PROCESSES)) {
      HostProcess process =
          lab.host("a").start(HostCommand.shell("tty; exec sleep 60").terminal(24, 80));

      assertThat(process.inputReader().readLine()).startsWith("/dev/pts/");
      assertThat(lab.host("a").cgroups().getFirst().resolve("cgroup.procs"))
          .content()
          .contains("" + process.pid());
    }
  }

  @Test
  void theCgroupsAreGoneWithTheLab() throws Exception {
    MayLimit.assume("pids");
    List<Path> folders;
    try (Lab lab = start(PROCESSES)) {
      folders = lab.host("a").cgroups();
      assertThat(folders).isNotEmpty().allSatisfy(folder -> assertThat(folder).isDirectory());
      assertThat(lab.host("b").cgroups()).isEmpty();
    }

    assertThat(folders).allSatisfy(folder -> assertThat(folder).doesNotExist());
  }

  @Test
  void theCgroupsAreGoneWhenTheJvmIsKilled() throws Exception {
    MayLimit.assume("pids");
    List<Path> folders;
    try (OtherJvm jvm = OtherJvm.start(LabForKilling.class, state)) {
      folders = jvm.told().stream().map(Path::of).toList();
      assertThat(folders).isNotEmpty().allSatisfy(folder -> assertThat(folder).isDirectory());

      jvm.kill();
    }

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(folders).allSatisfy(folder -> assertThat(folder).doesNotExist()));
  }

  @Test
  void twoLabsOfOneJvmHaveCgroupsOfTheirOwn() throws Exception {
    MayLimit.assume("pids");
    try (Lab one = start(PROCESSES);
        Lab two = start(PROCESSES)) {
      assertThat(one.host("a").cgroups()).doesNotContainAnyElementsOf(two.host("a").cgroups());
    }
  }

  @Test
  void whoMayNotLimitIsToldWhatIsMissingAndWhatHelps() throws IOException {
    assumeFalse(MayLimit.can("pids"), "this user may divide cgroups");

    assertThatThrownBy(() -> start(PROCESSES))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("limit host a to 20 processes: cannot limit pids: ")
        .hasMessageContaining("/sys/fs/cgroup")
        .hasMessageContaining("; start Warren as root");
    assertThat(state).isEmptyDirectory();
  }

  private static List<String> processes(Host host) throws IOException {
    return Files.readAllLines(host.cgroups().getFirst().resolve("cgroup.procs"));
  }

  private Lab start(HostLimits limits) throws IOException {
    return Lab.start(limited(limits), LabSettings.in(state));
  }

  private static LabDescription limited(HostLimits limits) {
    return LabDescription.builder("limited")
        .network("lan", "10.9.0.0/24")
        .host(HostDescription.named("a").on("lan").limits(limits))
        .host(HostDescription.named("b").on("lan"))
        .build();
  }

  /** Tells the cgroups of its lab. */
  static final class LabForKilling {
    public static void main(String[] arguments) throws Exception {
      Lab lab = Lab.start(limited(PROCESSES), LabSettings.in(Path.of(arguments[0])));
      lab.host("a").start(HostCommand.shell("setsid sleep 300 & wait"));
      OtherJvm.tellAndWait(lab, lab.host("a").cgroups());
    }
  }
}
