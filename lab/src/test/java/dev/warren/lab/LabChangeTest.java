package dev.warren.lab;

import static dev.warren.lab.Contact.reaches;
import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.description.Condition;
import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.description.Subnet;
import dev.warren.lab.event.Event;
import dev.warren.lab.event.Occurrence;
import dev.warren.lab.plan.Operation;
import dev.warren.lab.process.HostCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lab becomes another one while it runs. */
@Timeout(60)
class LabChangeTest {
  @TempDir Path state;
  private Lab lab;
  private final List<Event> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    lab = Lab.start(base().host(host("a", 1)).host(host("b", 2)).build(), LabSettings.in(state));
    var _ = lab.events().subscribe((Occurrence one) -> events.add(one.event()));
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void theSameLabNeedsNoStep() throws Exception {
    assertThat(lab.apply(lab.description())).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void anAddedHostIsKnownAndReachedByTheOthers() throws Exception {
    Host c = lab.add(HostDescription.named("c").alias("www").on("lan").build());

    assertThat(c.description().interfaces().getFirst().number()).isEqualTo(3);
    assertThat(reaches(lab.host("a"), c, "10.9.0.3")).isTrue();
    assertThat(ask(lab.host("a"), "getent ahostsv4 www")).startsWith("10.9.0.3");
    assertThat(events).contains(new Event.HostUp("c", c.pid()));
  }

  @Test
  void aRemovedHostIsGoneWithItsProcessesAndItsName() throws Exception {
    Process process = lab.host("b").start(HostCommand.of("sleep", "1000"));

    lab.remove(lab.host("b"));

    assertThat(process.waitFor()).isEqualTo(128 + 9);
    assertThat(lab.hosts()).extracting(Host::name).containsExactly("a");
    assertThat(ask(lab.host("a"), "getent hosts b || echo none")).isEqualTo("none");
    assertThat(ask(lab.root(), "ls /sys/class/net")).isEqualTo("lan\nlo\nveth1-br");
    assertThat(events).contains(new Event.HostGone("b"));
  }

  @Test
  void hostsThatAreTheSameLiveOnUntouched() throws Exception {
    Process process = lab.host("a").start(HostCommand.of("sleep", "1000"));
    long init = lab.host("a").pid();

    var _ = lab.apply(base().host(host("a", 1)).host(host("c", 3)).build());

    assertThat(process.isAlive()).isTrue();
    assertThat(lab.host("a").pid()).isEqualTo(init);
    assertThat(lab.hosts()).extracting(Host::name).containsExactly("a", "c");
  }

  @Test
  void networksAndLinksAreAddedUnderARunningProcess() throws Exception {
    Process process = lab.host("a").start(HostCommand.of("sleep", "1000"));

    lab.add(network("back", "10.8.0.0/24"));
    Link link = lab.connect(lab.host("a"), InterfaceDescription.automatic("back"));
    var _ = lab.connect(lab.host("b"), InterfaceDescription.automatic("back"));

    assertThat(link.name()).isEqualTo("veth3");
    assertThat(reaches(lab.host("b"), lab.host("a"), "10.8.0.3")).isTrue();
    assertThat(reaches(lab.root(), lab.host("a"), "10.8.0.3")).isFalse();
    assertThat(ask(lab.host("a"), "cat /etc/hosts")).contains("10.8.0.3");
    assertThat(ask(lab.host("b"), "getent ahostsv4 a")).contains("10.8.0.3", "10.9.0.1");
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void aDisconnectedHostLosesTheInterfaceAndItsAddress() throws Exception {
    lab.disconnect(lab.host("a").link("lan"));

    assertThat(ask(lab.host("a"), "ls /sys/class/net; cat /etc/hosts"))
        .doesNotContain("veth1", "10.9.0.1");
    assertThat(ask(lab.host("b"), "getent hosts a || echo none")).isEqualTo("none");
  }

  @Test
  void aNetworkWithOtherAddressesIsMadeAnewUnderTheHosts() throws Exception {
    Process process = lab.host("a").start(HostCommand.of("sleep", "1000"));

    var _ =
        lab.apply(
            LabDescription.builder("other-name")
                .network("lan", "10.7.0.0/24")
                .root(lab.description().root())
                .host(host("a", 1))
                .host(host("b", 2))
                .build());

    assertThat(reaches(lab.host("b"), lab.host("a"), "10.7.0.1")).isTrue();
    assertThat(reaches(lab.root(), lab.host("a"), "10.7.0.1")).isTrue();
    assertThat(process.isAlive()).isTrue();
    assertThat(lab.description().name()).isEqualTo("changing");
  }

  @Test
  void aHostThatCannotChangeLiveIsMadeAnewAndTheStepsSaySo() throws Exception {
    ask(lab.host("b"), "echo old > /tmp/note");
    long init = lab.host("b").pid();
    LabDescription wanted =
        base()
            .host(host("a", 1))
            .host(
                HostDescription.named("b")
                    .on("lan", 2)
                    .file(new FileDescription(Path.of("/etc/note"), 0644, "new")))
            .build();

    assertThat(lab.difference(wanted).stream().map(Operation::describe))
        .contains("remove host b", "make the namespaces of host b", "write /etc/note in host b")
        .noneMatch(step -> step.contains("host a"));
    Host before = lab.host("b");
    var _ = lab.apply(wanted);

    assertThat(lab.host("b")).isSameAs(before);
    assertThat(lab.host("b").pid()).isNotEqualTo(init);
    assertThat(ask(lab.host("b"), "cat /etc/note; ls /tmp/note || echo none")).endsWith("none");
    assertThat(reaches(lab.host("a"), lab.host("b"), "10.9.0.2")).isTrue();
  }

  @Test
  void otherNamesAreKnownWithoutANewHost() throws Exception {
    long init = lab.host("b").pid();

    var _ =
        lab.apply(
            base()
                .host(host("a", 1))
                .host(
                    HostDescription.named("b")
                        .domain("example.test")
                        .search("example.test")
                        .on("lan", 2))
                .build());

    assertThat(lab.host("b").pid()).isEqualTo(init);
    assertThat(ask(lab.host("b"), "cat /etc/hosts /etc/resolv.conf"))
        .contains("b.example.test", "search example.test");
    assertThat(ask(lab.host("a"), "getent ahostsv4 b.example.test")).startsWith("10.9.0.2");
  }

  @Test
  void twoHostsSwapTheirNumbers() throws Exception {
    var _ = lab.apply(base().host(host("a", 2)).host(host("b", 1)).build());

    assertThat(reaches(lab.host("a"), lab.host("b"), "10.9.0.1")).isTrue();
    assertThat(ask(lab.host("a"), "ls /sys/class/net")).isEqualTo("lo\nveth2");
  }

  @Test
  void theRootsAddressesChange() throws Exception {
    var _ =
        lab.apply(
            LabDescription.builder("changing")
                .network("lan", "10.9.0.0/24")
                .root(HostDescription.named("root").on("lan", 77).build())
                .host(host("a", 1))
                .host(host("b", 2))
                .build());

    assertThat(reaches(lab.host("a"), lab.root(), "10.9.0.77")).isTrue();
  }

  @Test
  void aRootThatHadToBeMadeAnewIsRefused() {
    assertThatIOException()
        .isThrownBy(
            () ->
                lab.apply(
                    LabDescription.builder("changing")
                        .network("lan", "10.9.0.0/24")
                        .root(HostDescription.named("client").build())
                        .host(host("a", 1))
                        .host(host("b", 2))
                        .build()))
        .withMessageContaining("root, the root of lab changing, holds the bridges");
  }

  @Test
  void aRebootEndsAllProcessesAndKeepsTheFiles() throws Exception {
    Host a = lab.host("a");
    Process process = a.start(HostCommand.of("sleep", "1000"));
    ask(a, "echo kept > /tmp/note; echo kept > /etc/note");
    long init = a.pid();

    a.reboot();

    assertThat(process.waitFor()).isEqualTo(128 + 9);
    assertThat(a.pid()).isNotEqualTo(init);
    assertThat(ask(a, "cat /tmp/note /etc/note")).isEqualTo("kept\nkept");
    assertThat(a.processes().getFirst().command()).containsExactly("init");
    assertThat(reaches(lab.host("b"), a, "10.9.0.1")).isTrue();
    assertThat(ask(a, "getent ahostsv4 b")).startsWith("10.9.0.2");
    assertThat(events).contains(new Event.HostRebooted("a", a.pid()));
  }

  @Test
  void servicesStartAgainAfterAReboot() throws Exception {
    var _ = lab.apply(base().host(host("a", 1)).host(serving("b", "one")).build());
    assertThat(ask(lab.host("b"), "cat /tmp/said")).isEqualTo("one");

    lab.host("b").reboot();

    assertThat(ask(lab.host("b"), "cat /tmp/said")).isEqualTo("one\none");
    assertThat(services()).containsSubsequence("started", "ready", "stopped", "started", "ready");
    assertThat(ofHostB())
        .containsSubsequence("ready", "stopped", "HostRebooted", "started", "ready");
  }

  @Test
  void aHostIsUpBeforeItsServicesStart() throws Exception {
    var _ = lab.apply(base().host(host("a", 1)).host(serving("b", "one")).build());
    lab.remove(lab.host("b"));
    var _ = lab.add(serving("b", "two"));

    assertThat(ofHostB())
        .containsExactly("started", "ready", "stopped", "HostGone", "HostUp", "started", "ready");
  }

  @Test
  void theEventsOfAStartBeginWithTheHosts() throws Exception {
    List<Event> all = new CopyOnWriteArrayList<>();
    try (Lab other = Lab.start(base().host(serving("b", "one")).build(), LabSettings.in(state))) {
      var _ = other.events().subscribeFromStart(one -> all.add(one.event()));
    }
    assertThat(all.stream().map(Object::getClass).map(Class::getSimpleName))
        .startsWith("HostUp", "HostUp", "ServiceChanged", "ServiceChanged");
  }

  /** States of its services, and the other events by their types. */
  private List<String> ofHostB() {
    return events.stream()
        .<String>mapMulti(
            (event, told) -> {
              switch (event) {
                case Event.ServiceChanged changed -> told.accept(changed.state());
                case Event.HostUp up when up.host().equals("b") -> told.accept("HostUp");
                case Event.HostGone gone when gone.host().equals("b") -> told.accept("HostGone");
                case Event.HostRebooted _ -> told.accept("HostRebooted");
                default -> {}
              }
            })
        .toList();
  }

  @Test
  void aServiceIsChangedWithoutItsHost() throws Exception {
    var _ = lab.apply(base().host(host("a", 1)).host(serving("b", "one")).build());
    long init = lab.host("b").pid();

    var _ = lab.apply(base().host(host("a", 1)).host(serving("b", "two")).build());

    assertThat(lab.host("b").pid()).isEqualTo(init);
    assertThat(ask(lab.host("b"), "cat /tmp/said")).isEqualTo("one\ntwo");
    var _ = lab.apply(base().host(host("a", 1)).host(host("b", 2)).build());
    assertThat(lab.services()).isEmpty();
    assertThat(services()).endsWith("stopped");
  }

  private List<String> services() {
    return events.stream()
        .filter(Event.ServiceChanged.class::isInstance)
        .map(event -> ((Event.ServiceChanged) event).state())
        .toList();
  }

  private static HostDescription serving(String name, String word) {
    return HostDescription.named(name)
        .on("lan", 2)
        .service(
            ServiceDescription.script(
                    "daemon", "echo %s >> /tmp/said; echo up; exec sleep 1000".formatted(word))
                .ready(new Condition.LogLine("up"))
                .build())
        .build();
  }

  @Test
  void aFrozenHostIsRebootedToo() throws Exception {
    Host a = lab.host("a");
    Process process = a.start(HostCommand.of("sleep", "1000"));
    var _ = a.freeze();

    a.reboot();

    assertThat(process.waitFor()).isEqualTo(128 + 9);
    assertThat(a.isFrozen()).isFalse();
    assertThat(events).contains(new Event.HostFrozen("a", 1));
  }

  @Test
  void aProcessIsReportedAtItsStartAndItsEnd() throws Exception {
    Process process = lab.host("a").start(HostCommand.of("sh", "-c", "exit 7"));
    process.waitFor();

    await()
        .untilAsserted(
            () ->
                assertThat(events)
                    .containsExactly(
                        new Event.ProcessStarted("a", process.pid(), List.of("sh", "-c", "exit 7")),
                        new Event.ProcessEnded("a", process.pid(), 7)));
  }

  private static LabBuilder base() {
    return LabDescription.builder("changing")
        .network("lan", "10.9.0.0/24")
        .root(HostDescription.named("root").build());
  }

  private static HostDescription host(String name, int number) {
    return HostDescription.named(name).on("lan", number).build();
  }

  private static NetworkDescription network(String name, String ipv4) {
    return new NetworkDescription(name, Optional.of(Subnet.parse(ipv4)), Optional.empty());
  }
}
