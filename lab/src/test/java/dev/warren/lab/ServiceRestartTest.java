package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.description.Condition;
import dev.warren.lab.description.RestartPolicy;
import dev.warren.lab.description.SignalName;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.service.Service;
import dev.warren.lab.service.ServiceEvent;
import dev.warren.lab.service.ServiceState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services are stopped, and started again when they end. */
@Timeout(120)
class ServiceRestartTest extends LabOfServices {
  @Test
  void theSignalOfTheDescriptionStopsIt() throws Exception {
    try (Lab lab =
        start(
            script("polite", "trap 'echo bye; exit 0' INT; echo on; while :; do sleep 0.02; done")
                .ready(new Condition.LogLine("^on$"))
                .stop(SignalName.INT, Duration.ofSeconds(10)))) {
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
                .stop(SignalName.TERM, Duration.ofMillis(100)))) {
      lab.service("a", "stubborn").stop();

      assertThat(lab.host("a").processes()).hasSize(1);
    }
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
}
