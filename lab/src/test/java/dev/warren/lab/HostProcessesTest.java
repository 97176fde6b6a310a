package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.description.SignalName;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.lab.process.HostProcessInfo;
import dev.warren.lab.process.ProcessTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What runs in a host can be seen, counted and stopped from outside. */
@Timeout(60)
class HostProcessesTest {
  @TempDir static Path state;
  private static Lab lab;
  private static Host host;

  @BeforeAll
  static void start() throws IOException {
    lab = Lab.start(LabFixture.TWO_HOSTS, LabSettings.in(state));
    host = lab.host("a");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @AfterEach
  void thaw() throws IOException {
    host.thaw();
  }

  private static HostProcessInfo only(String name) {
    return host.processes().stream()
        .filter(process -> process.stat().name().equals(name))
        .reduce(
            (a, b) -> {
              throw new AssertionError("both " + a + " and " + b);
            })
        .orElseThrow(() -> new AssertionError(name + " is not among " + host.processes()));
  }

  @Test
  void aProcessHasAPidInsideAndOneOutside() throws Exception {
    Process process = host.start(HostCommand.shell("echo $$; exec sleep 61"));
    try (BufferedReader lines = process.inputReader()) {
      String inside = lines.readLine();
      await().until(() -> host.processes().stream().anyMatch(p -> p.stat().name().equals("sleep")));

      HostProcessInfo sleep = only("sleep");
      assertThat(sleep.pid()).isEqualTo(process.pid());
      assertThat(sleep.hostPid()).isEqualTo(Long.parseLong(inside));
      assertThat(sleep.hostParent()).isZero();
      assertThat(sleep.command()).containsExactly("sleep", "61");
      assertThat(sleep.user()).isEqualTo("root");
      assertThat(sleep.resident()).isPositive();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void initIsTheFirstAndOtherHostsAreNotSeen() throws Exception {
    Process other = lab.host("b").start(HostCommand.of("sleep", "62"));
    try {
      assertThat(host.processes().getFirst().isInit()).isTrue();
      assertThat(host.processes()).extracting(HostProcessInfo::pid).doesNotContain(other.pid());
      assertThat(lab.host("b").processes())
          .extracting(HostProcessInfo::pid)
          .containsExactly(lab.host("b").pid(), other.pid());
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void processesOfANamespaceInsideTheHostAreTheHostsToo() throws Exception {
    Process process =
        host.start(HostCommand.of("unshare", "--pid", "--fork", "--kill-child", "sleep", "63"));
    try {
      await().until(() -> host.processes().stream().anyMatch(p -> p.stat().name().equals("sleep")));

      assertThat(only("sleep").hostParent()).isEqualTo(only("unshare").hostPid());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatAHostUsesIsTheSumOfItsProcesses() throws Exception {
    Process process = host.start(HostCommand.shell("while :; do :; done"));
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> host.usage().cpu().compareTo(Duration.ofMillis(100)) > 0);
      assertThat(host.usage().processes()).isEqualTo(2);
      assertThat(host.usage().resident()).isGreaterThan(100_000);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aFrozenHostStandsStillUntilItIsThawed() throws Exception {
    Process process =
        host.start(HostCommand.shell("(while :; do echo >>/tmp/beats; sleep 0.01; done) & wait"));
    try {
      await().until(() -> beats() > 3);

      assertThat(host.freeze()).isGreaterThanOrEqualTo(2);
      assertThat(host.isFrozen()).isTrue();
      int frozen = beats();
      await().during(Duration.ofMillis(200)).until(() -> beats() == frozen);

      host.thaw();
      await().until(() -> beats() > frozen + 3);
      assertThat(host.isFrozen()).isFalse();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static int beats() throws Exception {
    return Integer.parseInt(ask(host, "cat /tmp/beats 2>/dev/null | wc -l"));
  }

  @Test
  void whatForksAllTheTimeIsFrozenToo() throws Exception {
    Process process =
        host.start(
            HostCommand.shell("for i in 1 2 3; do while :; do /bin/true; done & done; wait"));
    try {
      await().until(() -> host.processes().size() > 4);

      host.freeze();

      assertThat(host.processes())
          .filteredOn(one -> !one.isInit())
          .allMatch(one -> one.stat().isStopped() || one.stat().hasEnded());
    } finally {
      host.thaw();
      ask(host, "kill -9 -1 || :");
      process.waitFor();
    }
  }

  @Test
  void whoWasStoppedBeforeStaysStopped() throws Exception {
    Process process = host.start(HostCommand.shell("kill -STOP $$"));
    try {
      await().until(() -> only("bash").stat().isStopped());

      host.freeze();
      host.thaw();

      assertThat(only("bash").stat().isStopped()).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatIsStoppedByItselfEndsWhenItIsAsked() throws Exception {
    HostProcess process = host.start(HostCommand.shell("trap 'exit 7' TERM; kill -STOP $$; :"));
    await().until(() -> only("bash").stat().isStopped());

    ProcessTree.end(process, SignalName.TERM, Duration.ofMinutes(1));

    assertThat(process.exitValue()).isEqualTo(7);
  }

  @Test
  void aFrozenHostEndsAsAnyOther() throws Exception {
    Process process;
    try (Lab other = Lab.start(LabFixture.TWO_HOSTS, LabSettings.in(state))) {
      process = other.host("a").start(HostCommand.of("sleep", "64"));
      other.host("a").freeze();
    }
    assertThat(process.waitFor()).isEqualTo(128 + 9);
  }
}
