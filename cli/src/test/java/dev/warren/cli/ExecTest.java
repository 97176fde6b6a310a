package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.cli.Checkout.Result;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.control.ProcessIdentity;
import dev.warren.lab.control.Registration;
import dev.warren.lab.control.RunningHost;
import dev.warren.lab.control.RunningHosts;
import dev.warren.lab.control.RunningIsolation;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostLimits;
import dev.warren.lab.description.LabDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code warren exec} and {@code warren shell}, into a host of a real lab. */
@Timeout(60)
class ExecTest {
  @TempDir private Path folder;
  private Checkout warren;
  private Registration registration;
  private Lab lab;

  @BeforeEach
  void startLab() throws Exception {
    warren = Checkout.make(folder);
    registration = RunningLabs.in(warren.runtime()).register("demo");
    lab =
        Lab.start(
            LabDescription.builder("demo").host(HostDescription.named("a")).build(),
            LabSettings.in(registration.stateDirectory()));
    registration.publish(RunningHosts.of(lab, false));
  }

  @AfterEach
  void endLab() throws IOException {
    lab.close();
    registration.close();
  }

  @Test
  void runsTheCommandInTheHost() throws Exception {
    assertThat(warren.run("exec", "a", "--", "hostname")).isEqualTo(new Result(0, "a\n"));
    assertThat(warren.run("exec", "demo/a", "hostname")).isEqualTo(new Result(0, "a\n"));
  }

  @Test
  void endsWithTheExitCodeOfTheCommand() throws Exception {
    assertThat(warren.run("exec", "a", "--", "sh", "-c", "exit 7").code()).isEqualTo(7);
    assertThat(warren.run("exec", "a", "--", "sh", "-c", "kill -KILL $$").code())
        .isEqualTo(128 + 9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--", "--interactive", "--workdir=/tmp"})
  void goesUnderTheLimitsOfTheHostFirst(String option) throws Exception {
    assumeTrue(
        Files.isWritable(Path.of("/sys/fs/cgroup/pids"))
            && Files.readString(Path.of("/proc/self/cgroup")).contains(":pids:/\n"),
        "no cgroup that a test may divide (HostLimitsTest)");
    HostLimits limits = HostLimits.NONE.withProcesses(20);
    try (Registration other = RunningLabs.in(warren.runtime()).register("limited");
        Lab limited =
            Lab.start(
                LabDescription.builder("limited")
                    .host(HostDescription.named("b").limits(limits))
                    .build(),
                LabSettings.in(other.stateDirectory()))) {
      other.publish(RunningHosts.of(limited, false));
      String cgroup = limited.host("b").cgroups().getFirst().getFileName().toString();

      String[] command = {"cat", "/proc/self/cgroup"};
      Result result =
          option.equals("--")
              ? warren.run("exec", "b", option, command[0], command[1])
              : warren.run("exec", option, "b", command[0], command[1]);

      assertThat(result.text()).contains(":pids:/" + cgroup + "\n");
    }
  }

  @Test
  void saysThatItMayNotGoUnderTheLimits() throws Exception {
    RunningHost host = RunningHosts.of(lab, false).get(1);
    registration.publish(
        List.of(
            new RunningHost(
                "a",
                host.init(),
                host.network(),
                false,
                List.of(),
                List.of(),
                false,
                List.of(),
                Map.of(),
                Map.of(),
                List.of(folder.resolve("no such cgroup")),
                RunningIsolation.NONE)));

    Result result = warren.run("exec", "a", "--", "echo", "in");

    assertThat(result.code()).isEqualTo(125);
    assertThat(result.text()).contains("no such cgroup: only who started").doesNotContain("in\n");
  }

  @Test
  void saysThatACommandIsNotThere() throws Exception {
    Result result = warren.run("exec", "a", "--", "no-such-command");

    assertThat(result.code()).isEqualTo(127);
    assertThat(result.text()).contains("no-such-command").contains("No such file or directory");
  }

  @Test
  void passesArgumentsOnAsTheyAre() throws Exception {
    assertThat(warren.run("exec", "a", "--", "printf", "<%s>", "x y", "", "-e", "--", "$HOME'\""))
        .isEqualTo(new Result(0, "<x y><><-e><--><$HOME'\">"));
  }

  @Test
  void pipesGoThrough() throws Exception {
    Process process = warren.start("exec", "a", "--", "tr", "a-z", "A-Z");
    try (var input = process.outputWriter()) {
      input.write("through\n");
    }

    assertThat(Checkout.result(process)).isEqualTo(new Result(0, "THROUGH\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "INT", "QUIT", "TERM", "USR1", "USR2"})
  void anInteractiveCommandGetsEverySignal(String signal) throws Exception {
    Process process =
        warren.start(
            "exec",
            "--interactive",
            "a",
            "--",
            "sh",
            "-c",
            "trap 'echo got; exit 9' " + signal + "; echo set; read x");
    var output = process.inputReader();
    assertThat(output.readLine()).isEqualTo("set");

    send(signal, process);

    assertThat(output.readLine()).isEqualTo("got");
    assertThat(process.waitFor()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "INT", "TERM", "USR1", "KILL"})
  void theCommandIsEndedAfterALauncherThatASignalEnds(String signal) throws Exception {
    // No pipe takes part: Java closes both when the launcher has ended.
    Process process =
        startAndAwaitSet("trap 'echo ended >/tmp/note; exit 9' TERM; echo set; sleep 50 & wait");

    send(signal, process);

    assertThat(process.waitFor()).isGreaterThan(128);
    await()
        .until(() -> warren.run("exec", "a", "--", "cat", "/tmp/note").text(), "ended\n"::equals);
  }

  @Test
  void aCommandThatWillNotEndIsKilledAfterItsLauncher() throws Exception {
    Process process = startAndAwaitSet("trap '' TERM; echo set; exec sleep 50");

    send("TERM", process);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> warren.run("exec", "a", "--", "sh", "-c", "cat /proc/[0-9]*/comm").text(),
            running -> !running.contains("sleep"));
  }

  /** Runs a script that says "set", and returns when it did and the supervisor knows of it. */
  private Process startAndAwaitSet(String script) throws Exception {
    Process process = warren.start("exec", "a", "--", "sh", "-c", script);
    assertThat(process.inputReader().readLine()).isEqualTo("set");
    await().until(() -> registration.execs().contains(process.pid()));
    return process;
  }

  @Test
  void aTerminalIsTheCommandsOwn() throws Exception {
    assertThat(onTerminal(warren.line("exec", "a", "--", "tty"), "").text())
        .startsWith("/dev/pts/");
  }

  @Test
  void controlCReachesACommandThatHandlesIt() throws Exception {
    Process process =
        terminal(
            warren.line(
                "exec", "a", "--", "sh", "-c", "trap 'echo got; exit 3' INT; echo set; read x"));
    var output = process.inputReader();
    assertThat(output.readLine()).isEqualTo("set");

    process.getOutputStream().write(3);
    process.getOutputStream().flush();

    assertThat(output.readLine()).endsWith("got");
    assertThat(process.waitFor()).isEqualTo(3);
  }

  @Test
  void aShellRunsWhatItReads() throws Exception {
    Process process = warren.start("shell", "a");
    try (var input = process.outputWriter()) {
      input.write("hostname\nexit 4\n");
    }

    assertThat(Checkout.result(process)).isEqualTo(new Result(4, "a\n"));
  }

  @Test
  void theEnvironmentIsTheCallersLessWhatBelongsToItsMachine() throws Exception {
    Map<String, String> caller = Map.of("OF_THE_CALLER", "kept", "DISPLAY", ":0");
    for (String options : List.of("", "-e 'X=1 2' ")) {
      Process process =
          warren.start(
              List.of("sh", "-c", warren.line("exec") + " " + options + "a -- env"), caller);

      assertThat(Checkout.result(process).text().lines())
          .contains(
              "OF_THE_CALLER=kept", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "USER=root")
          .noneMatch(line -> line.startsWith("DISPLAY=") || line.startsWith("XDG_RUNTIME_DIR="));
    }
  }

  @Test
  void startsAtTheRootOrWhereItIsTold() throws Exception {
    assertThat(warren.run("exec", "a", "--", "pwd").text()).isEqualTo("/\n");
    assertThat(warren.run("exec", "--workdir=/etc", "a", "--", "pwd").text()).isEqualTo("/etc\n");
  }

  /** Also where root is the only user there can be. */
  @Test
  void canBeRootByItsName() throws Exception {
    assertThat(warren.run("exec", "--user=root", "a", "--", "sh", "-c", "id -un; echo $HOME"))
        .isEqualTo(new Result(0, "root\n/root\n"));
  }

  @Test
  void canBeAnotherUserOfTheHost() throws Exception {
    assumeTrue(
        Files.readString(Path.of("/proc/self/uid_map")).strip().matches("(?s).*\\d{4,}$"),
        "one uid only here");

    assertThat(warren.run("exec", "-u", "daemon", "a", "--", "sh", "-c", "id -un; echo $LOGNAME"))
        .isEqualTo(new Result(0, "daemon\ndaemon\n"));
  }

  @Test
  void asksForTheLabOfANameThatSeveralHave() throws Exception {
    RunningHost host = RunningHosts.of(lab, false).get(1);
    try (Registration other = RunningLabs.in(warren.runtime()).register("other")) {
      other.publish(List.of(host));

      assertThat(warren.run("exec", "a", "--", "true"))
          .isEqualTo(
              new Result(
                  125, "warren: host \"a\" is in several labs, say which one: demo/a other/a\n"));
    }
  }

  @Test
  void refusesTheFolderOfSomebodyElse() throws Exception {
    assumeTrue(
        Files.readString(Path.of("/proc/self/uid_map")).strip().matches("(?s).*\\d{4,}$"),
        "one uid only here");
    Files.setAttribute(warren.runtime(), "unix:uid", 1);

    Result result = warren.run("exec", "a", "--", "true");

    assertThat(result.code()).isEqualTo(125);
    assertThat(result.text())
        .startsWith("warren: the folder of running labs, " + warren.runtime() + ", is not yours");
  }

  @Test
  void refusesALinkInPlaceOfTheFolder() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(elsewhere.resolve("warren"), warren.runtime());

    Result result =
        Checkout.result(
            warren.start(
                List.of("sh", "-c", warren.line("exec", "a", "true")),
                Map.of("XDG_RUNTIME_DIR", elsewhere.toString())));

    assertThat(result.code()).isEqualTo(125);
    assertThat(result.text()).contains("is not yours");
  }

  @Test
  void refusesAPidThatWasGivenAwayAgain() throws Exception {
    RunningHost host = RunningHosts.of(lab, false).get(1);
    ProcessIdentity other = ProcessIdentity.current();
    registration.publish(
        List.of(new RunningHost("a", other, host.network(), false, List.of(), List.of())));

    Result result = warren.run("exec", "a", "--", "true");

    assertThat(result.code()).isEqualTo(125);
    assertThat(result.text()).contains("host demo/a (PID " + other.pid() + ") has ended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "other/a", "a/a"})
  void saysThatThereIsNoSuchHost(String host) throws Exception {
    Result result = warren.run("exec", host, "--", "true");

    assertThat(result.code()).isEqualTo(125);
    assertThat(result.text()).startsWith("warren: no running host \"" + host + "\": `warren ls`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "*", "a b", "/etc/passwd", "demo/../a", "-"})
  void refusesWhatIsNoName(String host) throws Exception {
    assertThat(warren.run("exec", "--", host, "true").code()).isEqualTo(2);
  }

  private static void send(String signal, Process process) throws Exception {
    new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid())).start().waitFor();
  }

  private Result onTerminal(String line, String input) throws Exception {
    Process process = terminal(line);
    try (var writer = process.outputWriter()) {
      writer.write(input);
      writer.flush();
      return Checkout.result(process);
    }
  }

  /** A command line on a terminal of its own. */
  private Process terminal(String line) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script(1) here");
    return warren.start(List.of("script", "-qefc", line, "/dev/null"), Map.of());
  }
}
