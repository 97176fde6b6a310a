package dev.warren.lab.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.capture.Capture;
import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.Condition;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.description.SignalName;
import dev.warren.lab.description.UserDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a host does, whatever makes it private. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostConformance {
  private static final String WEB_SERVER =
      """
      import http.server
      print("serving", flush=True)
      http.server.HTTPServer(("10.53.57.21", 80), http.server.SimpleHTTPRequestHandler).serve_forever()
      """;

  private final Isolation isolation;
  private Path state;
  private Lab lab;

  HostConformance(Isolation isolation) {
    this.isolation = isolation;
  }

  private LabDescription description() {
    return LabDescription.builder("conformance")
        .isolation(isolation)
        .capture(
            new CaptureDescription(
                new CaptureTarget.Network("selftest0"), state.resolve("all.pcapng"), 65535))
        .host(
            HostDescription.named("a")
                .domain("example.test")
                .alias("www")
                .on("selftest0", 21)
                .user(new UserDescription("bob", 1001, 1002, "Bob", "/tmp", "/bin/sh"))
                .service(
                    ServiceDescription.of("web", "python3", "-c", WEB_SERVER)
                        .ready(new Condition.Http(80, "/", 200))
                        .build()))
        .host(HostDescription.named("b").on("selftest0", 22))
        .build();
  }

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    state = folder;
    lab = Lab.start(description(), LabSettings.in(folder.resolve("state")));
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  private static String ask(Host host, String script) throws Exception {
    return ask(host, HostCommand.shell(script));
  }

  private static String ask(Host host, HostCommand command) throws Exception {
    HostProcess process = host.start(command.mergeErrors());
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private Host a() {
    return lab.host("a");
  }

  private Host b() {
    return lab.host("b");
  }

  @Test
  void theLabSaysWhatMakesItsHostsPrivate() {
    assertThat(lab.isolation()).isEqualTo(isolation);
  }

  @Test
  void aHostIsReachedAtItsAddressAndAPortBelow1024() throws Exception {
    assertThat(
            ask(
                b(),
                "exec 3<>/dev/tcp/10.53.57.21/80; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; head -n 1 <&3"))
        .startsWith("HTTP/1.0 200");
  }

  @Test
  void aHostIsReachedByItsName() throws Exception {
    assertThat(
            ask(
                b(),
                "exec 3<>/dev/tcp/www/80; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; head -n 1 <&3"))
        .startsWith("HTTP/1.0 200");
  }

  @Test
  void namesLeadToAddressesAndBack() throws Exception {
    assertThat(ask(b(), "getent ahostsv4 a.example.test")).startsWith("10.53.57.21 ");
    assertThat(ask(b(), "getent hosts 10.53.57.21")).contains("a.example.test");
  }

  @Test
  void nobodyAnswersWhereNobodyListens() throws Exception {
    HostProcess process =
        b().start(HostCommand.shell("exec 3<>/dev/tcp/10.53.57.21/81").mergeErrors());

    assertThat(process.waitFor()).isNotZero();
  }

  @Test
  void aHostKnowsItsName() throws Exception {
    assertThat(ask(a(), "hostname")).isEqualTo("a");
  }

  @Test
  void aProcessIsRootUnlessItIsToBeAnother() throws Exception {
    assertThat(ask(a(), HostCommand.of("id", "-u"))).isEqualTo("0");
    assertThat(ask(a(), HostCommand.of("id", "-un").user("bob"))).isEqualTo("bob");
    assertThat(ask(a(), HostCommand.of("id", "-g").user("bob"))).isEqualTo("1002");
    assertThat(ask(a(), HostCommand.of("printenv", "HOME").user("bob"))).isEqualTo("/tmp");
  }

  @Test
  void anUnknownUserIsAClearError() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> b().start(HostCommand.of("id").user("bob")))
        .withMessageContaining("no user \"bob\" in host b");
  }

  @Test
  void aProgramThatIsNotThereIsAClearError() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> a().start(HostCommand.of("no-such-program")))
        .withMessageContaining("no-such-program");
  }

  @Test
  void theExitCodeIsTheProgramsOrThatOfASignal() throws Exception {
    assertThat(a().start(HostCommand.shell("exit 7")).waitFor()).isEqualTo(7);
    HostProcess sleep = a().start(HostCommand.of("sleep", "1000"));
    sleep.signal(SignalName.KILL);

    assertThat(sleep.waitFor()).isEqualTo(128 + 9);
  }

  @Test
  void aSignalToTheGroupReachesChildren() throws Exception {
    HostProcess process =
        a().start(HostCommand.shell("trap 'exit 3' USR1; sleep 1000 & echo on; wait"));
    process.inputReader().readLine();
    process.signalGroup(SignalName.USR1);

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
  }

  @Test
  void aProcessGetsItsVariablesItsFolderAndItsInput() throws Exception {
    HostProcess process =
        a().start(
                HostCommand.shell("pwd; echo $MORE; cat")
                    .variables(Map.of("MORE", "it's so"))
                    .directory(Path.of("/usr")));
    process.outputWriter().append("typed").close();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("/usr\nit's so\ntyped");
  }

  @Test
  void aServiceWritesALog() throws Exception {
    await().until(() -> lab.service("a", "web").logTail(50).contains("serving"));
  }

  @Test
  void aServiceIsRestarted() throws Exception {
    long before = lab.service("a", "web").pid().orElseThrow();
    lab.service("a", "web").restart();
    lab.service("a", "web").awaitReady();

    assertThat(lab.service("a", "web").pid().orElseThrow()).isNotEqualTo(before);
  }

  @Test
  void frozenProcessesStandStillUntilTheyAreThawed() throws Exception {
    HostProcess ticker = b().start(HostCommand.shell("while sleep 0.02; do echo tick; done"));
    ticker.inputReader().readLine();

    assertThat(b().freeze()).isPositive();
    assertThat(b().isFrozen()).isTrue();
    b().thaw();
    assertThat(ticker.inputReader().readLine()).isEqualTo("tick");
    assertThat(b().isFrozen()).isFalse();
    ticker.destroyForcibly().waitFor();
  }

  @Test
  void whatRunsIsSeen() throws Exception {
    HostProcess sleep = b().start(HostCommand.of("sleep", "1001"));

    await().until(() -> b().handles().stream().anyMatch(one -> one.pid() == sleep.pid()));
    sleep.destroyForcibly().waitFor();
  }

  @Test
  void whatGoesOverTheNetworkIsCaptured() throws Exception {
    ask(
        b(),
        "exec 3<>/dev/tcp/10.53.57.21/80; printf 'GET /captured HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3");

    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                new String(Files.readAllBytes(state.resolve("all.pcapng")), ISO_8859_1)
                    .contains("GET /captured"));
  }

  @Test
  void aCaptureOfALinkHasThatHostsPackets() throws Exception {
    Path file = state.resolve("b.pcapng");
    try (Capture capture =
        lab.capture(
            new CaptureDescription(CaptureTarget.find(lab.description(), "b"), file, 65535))) {
      ask(
          b(),
          "exec 3<>/dev/tcp/10.53.57.21/80; printf 'GET /link HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3");
      await().until(() -> capture.counts().packets() > 3);
    }

    assertThat(Files.size(file)).isGreaterThan(400);
  }

  @Test
  void nothingIsLeftWhenTheLabHasEnded(@TempDir Path own) throws Exception {
    LabDescription another =
        LabDescription.builder("short")
            .isolation(isolation)
            .host(HostDescription.named("c").on("selftest0", 23))
            .build();
    HostProcess process;
    HostProcess orphaner;
    try (Lab brief = Lab.start(another, LabSettings.in(own.resolve("state")))) {
      process = brief.host("c").start(HostCommand.of("sleep", "1002"));
      orphaner =
          brief
              .host("c")
              .start(HostCommand.shell("setsid sleep 1003 </dev/null >/dev/null 2>&1 & exit 0"));
      orphaner.waitFor();
    }

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(one -> one.info().commandLine().orElse("").endsWith("sleep 1003"));
    assertThat(own.resolve("state/cwrap")).doesNotExist();
  }

  @Test
  void aLabWhoseServiceFailsLeavesNothing(@TempDir Path own) {
    LabDescription failing =
        LabDescription.builder("failing")
            .isolation(isolation)
            .host(
                HostDescription.named("d")
                    .on("selftest0", 24)
                    .service(
                        ServiceDescription.script("bad", "sleep 1004 & exit 3")
                            .ready(new Condition.Tcp(99))
                            .build()))
            .build();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Lab.start(failing, LabSettings.in(own.resolve("state"))))
        .withMessageContaining("exit code 3");
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(one -> one.info().commandLine().orElse("").endsWith("sleep 1004"));
    assertThat(own.resolve("state/cwrap")).doesNotExist();
  }
}
