package dev.warren.lab;

import static dev.warren.lab.LabFixture.TWO_HOSTS;
import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.host.HostThread;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.testing.OtherJvm;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.FailingKernel;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.SystemCall;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import dev.warren.linux.netlink.CreateBridge;
import dev.warren.linux.netlink.CreateCable;
import dev.warren.linux.netlink.NetlinkSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is left behind, however a lab ends. */
@Timeout(300)
class LabEndTest {
  /** Ignores what asks it to end, in a session of its own, as daemons do. */
  private static final String STUBBORN =
      "trap '' TERM HUP INT; setsid sh -c 'trap \"\" TERM HUP INT; while :; do sleep 1; done' &";

  @TempDir Path state;

  @Test
  void closingEndsProcessesThatIgnoreSignals() throws Exception {
    Process process;
    long init;
    try (Lab lab = Lab.start(TWO_HOSTS, LabSettings.in(state))) {
      process = lab.host("a").start(HostCommand.shell(STUBBORN + " wait"));
      init = lab.host("a").pid();
    }

    assertThat(process.waitFor()).isEqualTo(128 + 9);
    assertThat(Path.of("/proc", Long.toString(init))).doesNotExist();
  }

  @Test
  void closingTwiceDoesNothing() throws Exception {
    Lab lab = Lab.start(TWO_HOSTS, LabSettings.in(state));
    lab.close();
    lab.close();
  }

  @Test
  void anInterruptDuringTheStartLosesNothing() throws Exception {
    Thread.currentThread().interrupt();
    try (Lab lab = Lab.start(TWO_HOSTS, LabSettings.in(state))) {
      assertThat(Thread.interrupted()).as("kept for the caller").isTrue();
      assertThat(ask(lab.host("a"), "hostname")).isEqualTo("a");
    }
  }

  @Test
  void twoLabsUseTheSameAddressesAtTheSameTime() throws Exception {
    Path other = Files.createDirectory(state.resolve("other"));
    try (Lab one = Lab.start(TWO_HOSTS, LabSettings.in(state));
        Lab two = Lab.start(TWO_HOSTS, LabSettings.in(other))) {
      ask(one.host("a"), "echo one > /tmp/which");

      assertThat(ask(two.host("a"), "ls /tmp")).doesNotContain("which");
      assertThat(ask(two.host("b"), "getent ahostsv4 a")).startsWith("10.53.57.30");
    }
  }

  /** The same with a host that has all namespaces to itself. */
  private static LabDescription lab(boolean isolated) {
    HostIsolation all = HostIsolation.NONE.withUser().withCgroup();
    return isolated
        ? LabDescription.builder("isolated")
            .network("lan", "10.53.57.0/24")
            .root(HostDescription.named("client").on("lan", 11).build())
            .host(HostDescription.named("a").on("lan", 30).isolation(all))
            .build()
        : TWO_HOSTS;
  }

  /** Not closed and not warned: the process dies in the middle of everything. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void killingTheJvmEndsEverythingInTheLab(boolean isolated) throws Exception {
    List<Path> processes;
    try (OtherJvm jvm = OtherJvm.start(LabForKilling.class, state, isolated)) {
      processes = jvm.told().stream().map(Path.of("/proc")::resolve).toList();
      assertThat(processes).hasSize(4).allSatisfy(process -> assertThat(process).exists());

      jvm.kill();
    }

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(processes).allSatisfy(process -> assertThat(process).doesNotExist()));
    assertThat(state).isEmptyDirectory();
  }

  /** Tells the PIDs of its lab's inits and of a stubborn daemon. */
  static final class LabForKilling {
    public static void main(String[] arguments) throws Exception {
      boolean isolated = Boolean.parseBoolean(arguments[1]);
      Lab lab = Lab.start(lab(isolated), LabSettings.in(Path.of(arguments[0])));
      Process daemon = lab.host("a").start(HostCommand.shell(STUBBORN + " wait"));
      Stream<Long> inits =
          Stream.concat(Stream.of(lab.root()), lab.hosts().stream()).map(Host::pid);
      List<Long> all = new ArrayList<>(List.of(daemon.pid()));
      inits.forEach(all::add);
      if (isolated) {
        // Init is no child of the JVM there, but of a process that waits for it.
        ProcessHandle init = ProcessHandle.of(lab.host("a").pid()).orElseThrow();
        all.add(init.parent().orElseThrow().pid());
      }
      OtherJvm.tellAndWait(lab, all);
    }
  }

  /**
   * Into each network namespace of that JVM goes one end of a cable of the test's own: the kernel
   * removes it, and its other end here, when nothing holds the namespace any more.
   */
  @Test
  void killingTheJvmEndsEveryNetworkOfTheLabAndItsWires() throws Exception {
    try (HostThread inside = HostThread.outside("probe");
        NetlinkSocket netlink = inside.call(LabEndTest::inOwnNetwork)) {
      try (OtherJvm jvm = OtherJvm.start(WiredLabForKilling.class, state)) {
        // The root's, both hosts', and that of the wires unless the kernel has netem.
        assertThat(jvm.told()).hasSizeBetween(3, 4);
        netlink.execute(List.of(new CreateBridge("bridge", 1000)));
        int number = 1;
        for (String file : jvm.told()) {
          try (Descriptor namespace =
              Descriptor.open(Kernel.real(), Path.of(file), Descriptor.O_CLOEXEC)) {
            CreateCable.Peer there =
                new CreateCable.Peer("probe" + number, 90_000 + number, namespace.number());
            netlink.execute(List.of(new CreateCable("end" + number, number + 1, 1000, there)));
          }
          number++;
        }
        assertThat(ends(netlink)).isEqualTo(jvm.told().size());

        jvm.kill();
      }
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(ends(netlink)).isZero());
    }
  }

  private static NetlinkSocket inOwnNetwork() throws IOException {
    new Namespaces(Kernel.real()).unshare(EnumSet.of(NamespaceKind.NET));
    return NetlinkSocket.open(Kernel.real());
  }

  private static long ends(NetlinkSocket netlink) throws IOException {
    return netlink.links().stream().filter(link -> link.name().startsWith("end")).count();
  }

  /** Tells the open files of the network namespaces that it holds, each once. */
  static final class WiredLabForKilling {
    public static void main(String[] arguments) throws Exception {
      Lab lab = Lab.start(TWO_HOSTS, LabSettings.in(Path.of(arguments[0])));
      lab.setConditions(
          "a", 30, LinkConditions.both(Conditions.NONE.withDelay(Duration.ofMillis(1))));
      Map<Path, Path> files = new TreeMap<>();
      try (Stream<Path> open =
          Files.list(Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd"))) {
        for (Path file : open.toList()) {
          if (target(file).contains("net:[")) {
            files.put(Files.readSymbolicLink(file), file);
          }
        }
      }
      OtherJvm.tellAndWait(lab, List.copyOf(files.values()));
    }
  }

  /** What takes back what was made is left alone here: a close(2) that fails leaks by itself. */
  private static final Set<SystemCall> NOT_WATCHED =
      EnumSet.of(
          SystemCall.CLOSE,
          SystemCall.PPOLL,
          SystemCall.WAITID,
          SystemCall.PIDFD_SEND_SIGNAL,
          SystemCall.UMASK);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whicheverCallFailsTheErrorIsClearAndNothingLeaks(boolean isolated) throws Exception {
    int calls = callsOfAStart(0, isolated).seen();
    assertThat(calls).isGreaterThan(50);
    Set<String> before = descriptors();

    for (int n = 1; n <= calls; n++) {
      FailingKernel kernel = callsOfAStart(n, isolated);
      assertThat(kernel.seen()).as("call %d was reached", n).isGreaterThanOrEqualTo(n);
    }

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(descriptors()).isSubsetOf(before));
    assertThat(ProcessHandle.current().children().map(ProcessHandle::pid)).isEmpty();
    assertThat(state).isEmptyDirectory();
  }

  /** Starts a lab on a kernel that fails call n; the start fails, or did not need that call. */
  private FailingKernel callsOfAStart(int n, boolean isolated) {
    FailingKernel kernel =
        new FailingKernel(Kernel.real(), call -> !NOT_WATCHED.contains(call), n, Errno.ENOMEM);
    try (Lab lab = Lab.start(lab(isolated), LabSettings.in(state).withKernel(kernel))) {
      assertThat(n).as("%s starts only when nothing fails", lab).isZero();
    } catch (IOException failure) {
      assertThat(failure).hasMessageContaining("ENOMEM (Cannot allocate memory)");
    }
    return kernel;
  }

  /** Number and target of every open descriptor. */
  private static Set<String> descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.map(LabEndTest::target).collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return descriptor.getFileName() + " " + Files.readSymbolicLink(descriptor);
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
