package dev.warren.lab.capture;

import static dev.warren.lab.capture.CaptureTest.datagrams;
import static dev.warren.lab.capture.CaptureTest.read;
import static dev.warren.lab.capture.CaptureTest.talk;
import static dev.warren.lab.capture.CaptureTest.whole;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.event.Event;
import dev.warren.lab.plan.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The captures of a lab that is applied another description. */
@Timeout(60)
class CaptureChangeTest {
  @TempDir private Path folder;
  private Path file;
  private Lab lab;
  private final List<Event> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("one.pcapng");
    lab = Lab.start(lab("10.1.0.0/24").build(), LabSettings.in(folder));
    var _ = lab.events().subscribe(one -> events.add(one.event()));
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void anAddedCaptureBeginsAndARemovedOneIsComplete() throws Exception {
    assertThat(apply(captured(new CaptureTarget.Network("lan"))))
        .containsExactly("capture lan into " + file);
    talk(lab.host("a"), lab.host("b"), 2);
    await().atMost(20, SECONDS).until(() -> datagrams(file).size() == 4);

    assertThat(apply(lab("10.1.0.0/24").build()))
        .containsExactly("end the capture of lan into " + file);
    talk(lab.host("a"), lab.host("b"), 1);

    assertThat(datagrams(file)).containsExactly("q0", "r0", "q1", "r1");
    assertThat(read(file).received).isEqualTo(read(file).packets.size());
    assertThat(events)
        .contains(
            new Event.CaptureStarted("lan", file.toString()),
            new Event.CaptureEnded("lan", file.toString(), read(file).packets.size()));
  }

  @Test
  void aCaptureOfSomethingElseTakesTheFile() throws Exception {
    apply(captured(new CaptureTarget.Network("lan")));
    talk(lab.host("a"), lab.host("b"), 1);
    apply(captured(new CaptureTarget.Link("b", 0)));
    talk(lab.root(), lab.host("b"), 2);
    apply(lab("10.1.0.0/24").build());

    assertThat(read(file).interfaceName).isEqualTo("b:veth31");
    assertThat(datagrams(file)).containsExactly("q0", "r0", "q1", "r1");
  }

  @Test
  void aCaptureThatIsTheSameGoesOnUndisturbed() throws Exception {
    apply(captured(new CaptureTarget.Network("lan")));
    talk(lab.host("a"), lab.host("b"), 1);
    LabDescription more =
        captured(new CaptureTarget.Network("lan"), HostDescription.named("c").on("lan", 32));

    assertThat(apply(more)).noneMatch(step -> step.contains("capture"));
    talk(lab.host("c"), lab.host("b"), 1);

    await().atMost(20, SECONDS).until(() -> datagrams(file).size() == 4);
  }

  @Test
  void aCaptureOfANetworkThatIsMadeAnewGoesOnInItsFile() throws Exception {
    apply(captured(new CaptureTarget.Network("lan")));
    talk(lab.host("a"), lab.host("b"), 1);
    LabDescription moved =
        lab("10.1.0.0/16").capture(whole(new CaptureTarget.Network("lan"), file)).build();

    assertThat(apply(moved)).contains("capture lan into " + file + ", after what is there");
    talk(lab.host("a"), lab.host("b"), 2);
    await().atMost(20, SECONDS).until(() -> datagrams(file).size() == 6);

    assertThat(datagrams(file)).containsExactly("q0", "r0", "q0", "r0", "q1", "r1");
  }

  @Test
  void aCaptureOfAHostThatIsMadeAnewGoesOnInItsFile() throws Exception {
    apply(captured(new CaptureTarget.Link("c", 0), HostDescription.named("c").on("lan", 32)));
    talk(lab.host("c"), lab.host("b"), 1);
    apply(
        captured(
            new CaptureTarget.Link("c", 0),
            HostDescription.named("c")
                .on("lan", 32)
                .file(new FileDescription(Path.of("/etc/note"), 0644, "new"))));
    talk(lab.host("c"), lab.host("b"), 1);

    await().atMost(20, SECONDS).until(() -> datagrams(file).size() == 4);
  }

  @Test
  void aChangeThatFailsLeavesTheCapturesAsTheyWere() throws Exception {
    apply(captured(new CaptureTarget.Network("lan")));
    talk(lab.host("a"), lab.host("b"), 1);
    LabDescription refused =
        lab("10.1.0.0/24")
            .capture(whole(new CaptureTarget.Link("a", 0), folder.resolve("a.pcapng")))
            .capture(whole(new CaptureTarget.Link("b", 0), folder.resolve("nowhere/b.pcapng")))
            .build();

    assertThatIOException()
        .isThrownBy(() -> apply(refused))
        .withMessageContaining("there is no folder");
    talk(lab.host("a"), lab.host("b"), 1);

    await().atMost(20, SECONDS).until(() -> datagrams(file).size() == 4);
    assertThat(folder.resolve("a.pcapng")).doesNotExist();
  }

  private List<String> apply(LabDescription wanted) throws IOException {
    return lab.apply(wanted).stream().map(Operation::describe).toList();
  }

  private LabDescription captured(CaptureTarget target, HostBuilder... more) {
    LabBuilder builder = lab("10.1.0.0/24");
    for (HostBuilder host : more) {
      builder.host(host);
    }
    return builder.capture(whole(target, file)).build();
  }

  private static LabBuilder lab(String subnet) {
    return LabDescription.builder("captured")
        .network("lan", subnet)
        .root(HostDescription.named("root").on("lan", 11).build())
        .host(HostDescription.named("a").on("lan", 30))
        .host(HostDescription.named("b").on("lan", 31));
  }
}
