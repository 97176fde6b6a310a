package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.description.Condition;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.RestartPolicy;
import dev.warren.lab.description.ServiceBuilder;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.service.Service;
import dev.warren.lab.service.ServiceEvent;
import dev.warren.lab.service.ServiceState;
import dev.warren.linux.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Services of a lab start in order, are waited for, restarted and stopped. */
@Timeout(120)
class ServicesTest {
  private static final Duration SHORT = Duration.ofMillis(600);

  @TempDir Path state;
  private final List<ServiceEvent> events = new CopyOnWriteArrayList<>();

  private Lab start(HostBuilder... hosts) throws IOException {
    LabBuilder lab = LabDescription.builder("services");
    for (HostBuilder host : hosts) {
      lab.host(host);
    }
    return Lab.start(lab.build(), LabSettings.in(state).withServiceListener(events::add));
  }

  private Lab start(ServiceBuilder... services) throws IOException {
    HostBuilder host = HostDescription.named("a").on("selftest0");
    for (ServiceBuilder service : services) {
      host.service(service.build());
    }
    return start(host);
  }

  private static ServiceBuilder script(String name, String text) {
    return ServiceDescription.script(name, text);
  }

  /** A service that writes a line to a file of all services, and then stays. */
  private static ServiceBuilder recorded(String name) {
    return script(name, "echo %s >>/tmp/order; exec sleep 900".formatted(name))
        .ready(new Condition.Command(List.of("grep", "-q", name, "/tmp/order")));
  }

  private static ServiceBuilder web(String name, int port) {
    return ServiceDescription.of(
            name,
            "python3",
            "-u",
            "-m",
            "http.server",
            Integer.toString(port),
            "--directory",
            "/tmp")
        .ready(new Condition.Tcp(port));
  }

  @Test
  void theLabIsStartedWhenItsServicesAreReady() throws Exception {
    try (Lab lab = start(web("web", 80))) {
      Service web = lab.service("a", "web");

      assertThat(web.state()).isEqualTo(ServiceState.READY);
      assertThat(ask(lab.host("a"), "curl -s -o /dev/null -w '%{http_code}' http://a/"))
          .isEqualTo("200");
      assertThat(lab.host("a").processes())
          .anyMatch(process -> process.pid() == web.pid().orElseThrow());
    }
  }

  @Test
  void whatAServiceNeedsIsReadyBeforeItStarts() throws Exception {
    try (Lab lab =
        start(
            HostDescription.named("a")
                .on("selftest0")
                .service(
                    script("late", "sleep 0.3; exec python3 -m http.server 81")
                        .ready(new Condition.Tcp(81))
                        .build()),
            HostDescription.named("b")
                .on("selftest0")
                .service(
                    script("user", "curl -sf http://a:81/ >/dev/null")
                        .once()
                        .needs("a/late")
                        .build()))) {
      assertThat(lab.service("b", "user").state()).isEqualTo(ServiceState.ENDED);
      assertThat(events)
          .extracting(ServiceEvent::getClass)
          .startsWith(
              ServiceEvent.Started.class, ServiceEvent.Ready.class, ServiceEvent.Started.class);
    }
  }

  @Test
  void theOrderIsThatOfTheNeedsNotOfTheFile() throws Exception {
    try (Lab lab =
        start(
            recorded("third").needs("second"),
            recorded("second").needs("first"),
            recorded("first"))) {
      assertThat(ask(lab.host("a"), "cat /tmp/order")).isEqualTo("first\nsecond\nthird");
      assertThat(lab.services())
          .extracting(one -> one.name().service())
          .containsExactly("first", "second", "third");
    }
  }

  @Test
  void independentServicesStartSideBySide() throws Exception {
    long began = System.nanoTime();
    ServiceBuilder[] slow = new ServiceBuilder[8];
    for (int i = 0; i < slow.length; i++) {
      slow[i] = script("slow" + i, "sleep 1").once();
    }
    try (Lab lab = start(slow)) {
      assertThat(lab.services()).allMatch(one -> one.state() == ServiceState.ENDED);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(7));
    }
  }

  @Test
  void stoppingTheLabStopsUsersBeforeWhatTheyNeed() throws Exception {
    Path order = Files.createFile(state.resolve("order"));
    String stopping = "trap 'echo %s; exit 0' TERM; touch /tmp/%s; while :; do sleep 0.02; done";
    List<ServiceEvent.Stopped> stopped;
    try (Lab lab =
        start(
            script("below", stopping.formatted("below", "below"))
                .ready(new Condition.FileExists(Path.of("/tmp/below"))),
            script("above", stopping.formatted("above", "above"))
                .ready(new Condition.FileExists(Path.of("/tmp/above")))
                .needs("below"))) {
      assertThat(lab.services()).hasSize(2);
    }
    stopped =
        events.stream()
            .filter(ServiceEvent.Stopped.class::isInstance)
            .map(ServiceEvent.Stopped.class::cast)
            .toList();
    assertThat(stopped)
        .extracting(one -> one.service().service())
        .containsExactly("above", "below");
    Files.delete(order);
  }

  @Test
  void theSignalOfTheDescriptionStopsIt() throws Exception {
    try (Lab lab =
        start(
            script("polite", "trap 'echo bye; exit 0' INT; echo on; while :; do sleep 0.02; done")
                .ready(new Condition.LogLine("^on$"))
                .stop(Signal.INT, Duration.ofSeconds(10)))) {
      Service polite = lab.service("a", "polite");
      polite.stop();

      assertThat(polite.state()).isEqualTo(ServiceState.STOPPED);
      assertThat(polite.pid()).isEmpty();
      assertThat(polite.logTail(1)).isEqualTo("bye");
    }
  }

  @Test
  void whoIgnoresTheSignalIsKilledWithAllThatItStarted() throws Exception {
    try (Lab lab =
        start(
            script("stubborn", "trap '' TERM; echo on; (trap '' TERM; sleep 801) & sleep 802")
                .ready(new Condition.LogLine("on"))
                .stop(Signal.TERM, Duration.ofMillis(100)))) {
      lab.service("a", "stubborn").stop();

      assertThat(lab.host("a").processes()).hasSize(1);
    }
  }

  @Test
  void aServiceThatDiesBeforeItIsReadyFailsAtOnceWithItsLog() {
    assertThatIOException()
        .isThrownBy(
            () ->
                start(
                    script("db", "echo 'no such table' >&2; exit 3")
                        .ready(new Condition.Tcp(5432))
                        .within(Duration.ofMinutes(2))
                        .restart(RestartPolicy.of(RestartPolicy.When.ALWAYS))))
        .withMessageContaining("service a/db ended with exit code 3 before it was ready")
        .withMessageContaining("no such table");
  }

  @Test
  void whatIsNotReadyInTimeIsToldWithTheConditionsAndTheLog() {
    assertThatIOException()
        .isThrownBy(
            () ->
                start(
                    script("slow", "echo working on it; exec sleep 900")
                        .ready(new Condition.Tcp(81))
                        .ready(new Condition.FileExists(Path.of("/tmp")))
                        .ready(new Condition.Command(List.of("sh", "-c", "echo not yet; exit 4")))
                        .within(SHORT)))
        .withMessageContaining(
            "service a/slow was not ready within 600 ms: port 81: Connection refused; command sh")
        .withMessageContaining("exit code 4, saying: not yet")
        .withMessageNotContaining("file /tmp")
        .withMessageContaining("working on it");
  }

  @Test
  void aServerThatAnswersSomethingElseIsNotReady() {
    assertThatIOException()
        .isThrownBy(
            () ->
                start(
                    web("web", 80),
                    script("other", "exec sleep 900")
                        .needs("web")
                        .ready(new Condition.Http(80, "/none", 200))
                        .within(SHORT)))
        .withMessageContaining("http://localhost:80/none: HTTP 404, not 200");
  }

  @Test
  void everyConditionIsSeenWhenItHolds() throws Exception {
    try (Lab lab =
        start(
            web("http", 80).ready(new Condition.Http(80, "/", 200)),
            script(
                    "sockets",
                    """
                    exec python3 -u -c '
                    import socket, time
                    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); udp.bind(("0.0.0.0", 53535))
                    unix = socket.socket(socket.AF_UNIX); unix.bind("/run/it.sock"); unix.listen()
                    print("at your service"); time.sleep(900)'
                    """)
                .ready(new Condition.Udp(53535))
                .ready(new Condition.UnixSocket(Path.of("/run/it.sock")))
                .ready(new Condition.LogLine("at .* service")),
            script("either", "exec sleep 900")
                .ready(
                    new Condition.AnyOf(
                        List.of(
                            new Condition.Tcp(9), new Condition.FileExists(Path.of("/tmp"))))))) {
      assertThat(lab.services()).allMatch(one -> one.state() == ServiceState.READY);
    }
  }

  @Test
  void noUdpPortNoSocketAndNoneOfSeveralAreReasons() {
    assertThatIOException()
        .isThrownBy(
            () ->
                start(
                    script("none", "exec sleep 900")
                        .ready(new Condition.Udp(5353))
                        .ready(new Condition.UnixSocket(Path.of("/run/none.sock")))
                        .ready(
                            new Condition.AnyOf(
                                List.of(
                                    new Condition.Tcp(9),
                                    new Condition.FileExists(Path.of("/tmp/none")))))
                        .within(SHORT)))
        .withMessageContaining("UDP port 5353: nobody has it")
        .withMessageContaining("socket /run/none.sock: No such file")
        .withMessageContaining("port 9: Connection refused; nor file /tmp/none: there is none");
  }

  @Test
  void aPortThatIsOpenOnlyOnTheHostsOwnAddressCounts() throws Exception {
    try (Lab lab =
        start(
            HostDescription.named("a")
                .on("selftest0", 30)
                .service(
                    ServiceDescription.of(
                            "web", "python3", "-m", "http.server", "80", "--bind", "10.53.57.30")
                        .ready(new Condition.Tcp(80))
                        .build()))) {
      assertThat(lab.service("a", "web").state()).isEqualTo(ServiceState.READY);
    }
  }

  @Test
  void aLabWhoseServiceFailsLeavesNothingBehind() {
    assertThatIOException()
        .isThrownBy(
            () ->
                start(
                    recorded("fine"),
                    script("broken", "exit 1").once().needs("fine"),
                    recorded("user").needs("broken")))
        .withMessageContaining(
            "wait for services a/fine, a/broken, a/user: service a/broken ended");

    assertThat(state).isEmptyDirectory();
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("warren-service-"));
  }

  @Test
  void whatAFailedServiceIsNeededByIsNotStarted() {
    assertThatIOException()
        .isThrownBy(() -> start(script("step", "exit 1").once(), recorded("user").needs("step")))
        .withMessageContaining("service a/step ended with exit code 1");
    assertThat(events).filteredOn(ServiceEvent.Started.class::isInstance).hasSize(1);
  }

  @Test
  void aKilledServiceIsStartedAgain() throws Exception {
    try (Lab lab =
        start(
            web("web", 80)
                .restart(
                    new RestartPolicy(RestartPolicy.When.ON_FAILURE, 3, Duration.ofMillis(10))))) {
      Service web = lab.service("a", "web");
      long first = web.pid().orElseThrow();

      ask(lab.host("a"), "pkill -KILL python3");

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> web.state() == ServiceState.READY && web.pid().orElse(first) != first);
      assertThat(events)
          .anyMatch(e -> e instanceof ServiceEvent.Ended ended && ended.code() == 128 + 9)
          .anyMatch(e -> e instanceof ServiceEvent.Restarting again && again.count() == 1);
    }
  }

  @Test
  void whatAKilledServiceLeftBehindIsGoneBeforeTheRestart() throws Exception {
    try (Lab lab =
        start(
            script("pair", "sleep 803 & echo on; wait")
                .ready(new Condition.LogLine("on"))
                .restart(new RestartPolicy(RestartPolicy.When.ALWAYS, 3, Duration.ofMillis(10))))) {
      Service pair = lab.service("a", "pair");
      long first = pair.pid().orElseThrow();

      ask(lab.host("a"), "pkill -KILL -f 'bash -e.*sleep 803'");
      await().until(() -> pair.state() == ServiceState.READY && pair.pid().orElse(first) != first);

      await()
          .untilAsserted(
              () ->
                  assertThat(lab.host("a").processes())
                      .filteredOn(one -> one.command().equals(List.of("sleep", "803")))
                      .hasSize(1));
    }
  }

  @Test
  void restartsEndAtTheirLimit() throws Exception {
    try (Lab lab =
        start(
            script("flapping", "echo run; exit 5")
                .restart(
                    new RestartPolicy(RestartPolicy.When.ON_FAILURE, 2, Duration.ofMillis(1))))) {
      Service flapping = lab.service("a", "flapping");

      await().until(() -> flapping.state() == ServiceState.FAILED);
      assertThat(flapping.logTail(10)).isEqualTo("run\nrun\nrun");
      assertThatIOException()
          .isThrownBy(flapping::awaitReady)
          .withMessageContaining("ended with exit code 5 after 2 restarts");
    } catch (IOException tooFast) {
      // It may have failed before the lab looked at it.
      assertThat(tooFast).hasMessageContaining("after 2 restarts");
    }
  }

  @Test
  void aServiceThatWasNotToRestartStaysAsItEnded() throws Exception {
    try (Lab lab = start(recorded("one"))) {
      Service one = lab.service("a", "one");
      ask(lab.host("a"), "pkill -TERM sleep");

      await().until(() -> one.state() == ServiceState.FAILED);
      assertThatIOException()
          .isThrownBy(one::awaitReady)
          .withMessageContaining("service a/one was killed by signal 15");
    }
  }

  @Test
  void aServiceCanBeStoppedStartedAndRestarted() throws Exception {
    try (Lab lab = start(web("web", 80))) {
      Service web = lab.service("a", "web");
      long first = web.pid().orElseThrow();
      web.stop();
      web.stop();
      assertThat(lab.host("a").start(HostCommand.of("curl", "-s", "http://a/")).waitFor())
          .isNotZero();

      web.start();
      web.awaitReady();
      long second = web.pid().orElseThrow();
      web.restart();
      web.awaitReady();

      assertThat(web.pid().orElseThrow()).isNotIn(first, second);
      assertThat(ask(lab.host("a"), "curl -s -o /dev/null -w '%{http_code}' http://a/"))
          .isEqualTo("200");
    }
  }

  @Test
  void aStepThatTakesTooLongIsAFailure() {
    assertThatIOException()
        .isThrownBy(() -> start(script("step", "sleep 900").once().within(SHORT)))
        .withMessageContaining("service a/step did not end within 600 ms");
  }

  @Test
  void environmentAndDirectoryAreTheServicesAndItsProbes() throws Exception {
    try (Lab lab =
        start(
            script("env", "echo $PWD $WORD $HOME; exec sleep 900")
                .directory(Path.of("/var/tmp"))
                .environment("WORD", "burrow")
                .ready(new Condition.LogLine("^/var/tmp burrow /root$"))
                .ready(
                    new Condition.Command(
                        List.of("sh", "-c", "test $PWD$WORD = /var/tmpburrow"))))) {
      assertThat(lab.services()).hasSize(1);
    }
  }

  @Test
  void theLogIsAFileOfTheHostThatCanBeReadFromOutside() throws Exception {
    try (Lab lab =
        start(
            script("talk", "for i in 1 2 3; do echo line $i; done").once(),
            script("own", "echo mine").once().log(Path.of("/tmp/deep/own.log")))) {
      assertThat(lab.service("a", "talk").logTail(2)).isEqualTo("line 2\nline 3");
      assertThat(new String(lab.service("a", "talk").readLog(5, 6), UTF_8)).isEqualTo("1\nline");
      assertThat(ask(lab.host("a"), "cat /tmp/deep/own.log /run/warren/log/talk.log"))
          .isEqualTo("mine\nline 1\nline 2\nline 3");
    }
  }

  @Test
  void aProgramThatIsNotThereIsSaid() {
    assertThatIOException()
        .isThrownBy(() -> start(ServiceDescription.of("none", "no-such-program")))
        .withMessageContaining("service a/none cannot run: start no-such-program: ENOENT");
  }
}
