package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.warren.lab.description.Condition;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.ServiceBuilder;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.service.Service;
import dev.warren.lab.service.ServiceEvent;
import dev.warren.lab.service.ServiceState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services of a lab start in order, with what they are given, and end with it. */
@Timeout(120)
class ServicesTest extends LabOfServices {
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
    ServiceBuilder[] slow = new ServiceBuilder[8];
    for (int i = 0; i < slow.length; i++) {
      // One after the other would wait for the next for ever.
      slow[i] =
          script(
                  "slow" + i,
                  "touch /tmp/slow%d; until test -e /tmp/slow%d; do sleep 0.02; done"
                      .formatted(i, (i + 1) % slow.length))
              .once();
    }
    try (Lab lab = start(slow)) {
      assertThat(lab.services()).allMatch(one -> one.state() == ServiceState.ENDED);
    }
  }

  @Test
  void stoppingTheLabStopsUsersBeforeWhatTheyNeed() throws Exception {
    String stopping = "trap 'echo %s; exit 0' TERM; touch /tmp/%s; while :; do sleep 0.02; done";
    try (Lab lab =
        start(
            script("below", stopping.formatted("below", "below"))
                .ready(new Condition.FileExists(Path.of("/tmp/below"))),
            script("above", stopping.formatted("above", "above"))
                .ready(new Condition.FileExists(Path.of("/tmp/above")))
                .needs("below"))) {
      assertThat(lab.services()).hasSize(2);
    }
    assertThat(events)
        .filteredOn(ServiceEvent.Stopped.class::isInstance)
        .extracting(one -> one.service().service())
        .containsExactly("above", "below");
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
        .withMessageContaining(
            "service a/none cannot run: start no-such-program in host a: ENOENT");
  }
}
