package dev.warren.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.warren.lab.description.Condition;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.RestartPolicy;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.service.ServiceState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a service is ready, and what is said of one that is not. */
@Timeout(120)
class ServiceReadinessTest extends LabOfServices {
  private static final Duration SHORT = Duration.ofMillis(600);

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
  void aStepThatTakesTooLongIsAFailure() {
    assertThatIOException()
        .isThrownBy(() -> start(script("step", "sleep 900").once().within(SHORT)))
        .withMessageContaining("service a/step did not end within 600 ms");
  }
}
