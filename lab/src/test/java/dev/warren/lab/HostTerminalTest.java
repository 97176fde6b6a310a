package dev.warren.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.description.SignalName;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes of a host on a terminal, and in groups. */
@Timeout(60)
class HostTerminalTest {
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

  private static void type(Process process, String text) throws IOException {
    process.getOutputStream().write(text.getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  private static HostProcess onTerminal(String script) throws IOException {
    return host.start(HostCommand.shell(script).terminal(24, 80));
  }

  @Test
  void allThreeStreamsAreTheTerminal() throws Exception {
    HostProcess process = onTerminal("tty; test -t 0 && test -t 1 && test -t 2 && echo yes >&2");

    assertThat(LabFixture.read(process)).matches("/dev/pts/[0-9]+\r\nyes\r\n");
    assertThat(process.waitFor()).isZero();
    process.getOutputStream().close();
  }

  @Test
  void theTerminalIsTheControllingOneAndHasASize() throws Exception {
    HostProcess process =
        onTerminal("stty size </dev/tty; ps -o tpgid= -p $$ | tr -d ' '; echo $$");
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("24 80");
      assertThat(lines.readLine()).isEqualTo(lines.readLine());
    }
  }

  @Test
  void aChangeOfSizeIsASignalToTheProgram() throws Exception {
    HostProcess process =
        onTerminal("trap 'stty size; exit' WINCH; echo on; while :; do sleep 0.05; done");
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("on");

      process.resize(50, 132);

      assertThat(lines.readLine()).isEqualTo("50 132");
    }
  }

  @Test
  void ctrlCEndsWhatRunsInTheForeground() throws Exception {
    HostProcess process = onTerminal("echo on; exec sleep 60");
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("on");

      type(process, "\3");

      assertThat(process.waitFor()).isEqualTo(128 + 2);
    }
  }

  @Test
  void aShellHasJobControl() throws Exception {
    HostProcess shell =
        host.start(HostCommand.of("bash", "--norc", "-i").terminal(24, 200).mergeErrors());
    type(shell, "echo $((6*7)); sleep 60\n");
    StringBuilder seen = new StringBuilder();
    BufferedReader lines = shell.inputReader();
    while (!seen.toString().contains("\n42")) {
      seen.append((char) lines.read());
    }
    await().until(() -> host.processes().stream().anyMatch(p -> p.stat().name().equals("sleep")));

    type(shell, "\32"); // Ctrl-Z
    type(shell, "jobs; kill %1; exit 7\n");
    type(shell, "exit 7\n");

    assertThat(shell.waitFor()).isEqualTo(7);
    lines.transferTo(java.io.Writer.nullWriter());
    assertThat(seen.toString()).doesNotContain("no job control");
    shell.getOutputStream().close();
  }

  @Test
  void closingTheTerminalHangsUp() throws Exception {
    HostProcess process = onTerminal("echo on; exec sleep 60");
    assertThat(process.getInputStream().read()).isEqualTo('o');

    process.getOutputStream().close();

    assertThat(process.waitFor()).isEqualTo(128 + 1);
  }

  @Test
  void aProcessWithoutATerminalHasNoSize() throws Exception {
    HostProcess process = host.start(HostCommand.of("true"));

    assertThatIllegalStateException()
        .isThrownBy(() -> process.resize(1, 1))
        .withMessageContaining("has no terminal");
  }

  @Test
  void aSignalToTheGroupReachesWhatTheProcessStarted() throws Exception {
    HostProcess process = host.start(HostCommand.shell("sleep 71 & sleep 72 & echo on; wait"));
    assertThat(process.getInputStream().read()).isEqualTo('o');

    process.signalGroup(SignalName.TERM);

    assertThat(process.waitFor()).isEqualTo(128 + 15);
    await().until(() -> !sleeps("71") && !sleeps("72"));
  }

  @Test
  void aSignalToTheGroupReachesThoseWhoOutlivedTheirLeader() throws Exception {
    HostProcess process =
        host.start(HostCommand.shell("sleep 73 >/dev/null 2>&1 & sleep 74 & exit 3"));
    assertThat(process.waitFor()).isEqualTo(3);
    await().until(() -> sleeps("73"));

    process.signalGroup(SignalName.KILL);

    await().until(() -> !sleeps("73") && !sleeps("74"));
  }

  @Test
  void everySignalOfTheEnumArrives() throws Exception {
    HostProcess process =
        host.start(HostCommand.shell("trap 'exit 42' USR1; echo on; while :; do sleep 0.05; done"));
    assertThat(process.getInputStream().read()).isEqualTo('o');

    process.signal(SignalName.USR1);

    assertThat(process.waitFor()).isEqualTo(42);
  }

  private static boolean sleeps(String time) {
    return host.processes().stream().anyMatch(p -> p.command().contains(time));
  }

  @Test
  void aDaemonThatForkedTwiceEndsWithTheHost() throws Exception {
    Path daemon;
    try (Lab other = Lab.start(LabFixture.TWO_HOSTS, LabSettings.in(state))) {
      Host there = other.host("a");
      LabFixture.ask(there, "(setsid sh -c 'sleep 75 & sleep 75 &' >/dev/null 2>&1 </dev/null &)");
      await()
          .until(
              () ->
                  there.processes().stream().filter(p -> p.command().contains("75")).count() == 2);
      daemon =
          there.processes().stream()
              .filter(p -> p.command().contains("75") && p.hostParent() == 1)
              .map(p -> Path.of("/proc", Long.toString(p.pid())))
              .findFirst()
              .orElseThrow();
    }
    assertThat(daemon).doesNotExist();
  }
}
