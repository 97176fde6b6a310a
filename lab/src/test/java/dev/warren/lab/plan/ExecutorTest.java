package dev.warren.lab.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.PrivateDirectory;
import dev.warren.lab.dns.DnsRecords;
import dev.warren.lab.dns.DnsService;
import dev.warren.lab.host.Machine;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.service.ServiceListener;
import dev.warren.lab.software.PackageSource;
import dev.warren.lab.wire.Seed;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.FailingKernel;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.SystemCall;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running lab is changed as a whole or not at all. */
@Timeout(300)
class ExecutorTest {
  /** What takes back what was made is left alone here: a close(2) that fails leaks by itself. */
  private static final Seed SEED = new Seed(42, true);

  private static final Set<SystemCall> NOT_WATCHED =
      EnumSet.of(
          SystemCall.CLOSE, SystemCall.WAITID, SystemCall.PIDFD_SEND_SIGNAL, SystemCall.UMASK);

  private static final PackageSource NO_PACKAGES = _ -> Optional.empty();

  private static final LabDescription ONE_HOST = lab(List.of("a"));
  private static final LabDescription TWO_HOSTS = lab(List.of("a", "b"));

  @TempDir Path state;
  private final ChangingKernel kernel = new ChangingKernel();
  private Site site;
  private DnsService dns;
  private Executor executor;

  @BeforeEach
  void start() throws IOException {
    site =
        new Site(
            state.resolve("memory"), List.of(), Map.of(), Optional.empty(), List.of(), codePath());
    dns = DnsService.start(DnsRecords.of(TWO_HOSTS));
    executor =
        Executor.start(
            Planner.plan(ONE_HOST, site),
            kernel,
            dns,
            NO_PACKAGES,
            ServiceListener.none(),
            HostListener.NOBODY,
            SEED,
            1);
  }

  @AfterEach
  void stop() {
    executor.close();
    dns.close();
  }

  @Test
  void aHostIsAddedToALabThatRuns() throws Exception {
    long before = machine("a").pid();

    executor.carryOut(addB());

    assertThat(ask("b", "cat /etc/hostname; ls /sys/class/net; getent hosts a"))
        .isEqualTo("b\nlo\nveth2\n10.9.0.1        a");
    assertThat(ask("a", "getent hosts b")).endsWith("b");
    assertThat(machine("a").pid()).isEqualTo(before);
  }

  @Test
  void nothingIsOnTheMachineDuringTheLifeOfALab() throws Exception {
    assertThat(state).isEmptyDirectory();

    executor.carryOut(addB());

    assertThat(state).isEmptyDirectory();
  }

  @Test
  void theFolderOfTheStoreMayBeGoneWhenAHostIsAdded() throws Exception {
    Files.delete(state);
    try {
      executor.carryOut(addB());

      assertThat(state).doesNotExist();
      assertThat(ask("b", "echo mine > /tmp/note; cat /tmp/note")).isEqualTo("mine");
    } finally {
      Files.createDirectories(state);
    }
  }

  @Test
  void noHostSeesTheFilesOfTheOthers() throws Exception {
    executor.carryOut(addB());
    ask("a", "echo secret > /tmp/note-of-a");

    assertThat(ask("b", "find / -xdev -name note-of-a 2>/dev/null || true")).isEmpty();
    assertThat(ask("b", "ls " + state + " /dev/shm 2>/dev/null || true")).doesNotContain("hosts");
  }

  @Test
  void aStepThatFailsTakesBackThoseBeforeIt() throws Exception {
    List<Operation> change = new ArrayList<>(addB());
    change.add(
        new FileOperation.MountPrivate("b", PrivateDirectory.at(Path.of("/no/such/folder")), 0755));

    assertThatIOException()
        .isThrownBy(() -> executor.carryOut(change))
        .withMessageContaining("give host b its own /no/such/folder");

    assertThat(executor.machines()).containsOnlyKeys("root", "a");
    assertThat(ask("root", "ls /sys/class/net")).isEqualTo("lan\nlo\nveth1-br");
    executor.carryOut(addB());
    assertThat(ask("b", "hostname")).isEqualTo("b");
  }

  @Test
  void whicheverCallOfAChangeFailsTheLabIsAsBefore() throws Exception {
    int calls = callsOfAChange(0);
    executor.close();
    executor =
        Executor.start(
            Planner.plan(ONE_HOST, site),
            kernel,
            dns,
            NO_PACKAGES,
            ServiceListener.none(),
            HostListener.NOBODY,
            SEED,
            1);
    assertThat(calls).isGreaterThan(30);
    Set<String> before = descriptors();

    for (int n = 1; n <= calls; n++) {
      int nth = n;
      assertThatIOException()
          .as("call %d", n)
          .isThrownBy(() -> callsOfAChange(nth))
          .withMessageContaining("ENOMEM (Cannot allocate memory)");
      assertThat(executor.machines()).containsOnlyKeys("root", "a");
    }

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(descriptors()).isSubsetOf(before));
    assertThat(ask("root", "ls /sys/class/net")).isEqualTo("lan\nlo\nveth1-br");
    assertThat(state).isEmptyDirectory();
    executor.carryOut(addB());
    assertThat(ask("b", "getent hosts a")).endsWith("a");
  }

  @Test
  void whicheverCallOfAChangeOfLinksFailsTheLabIsAsBefore() throws Exception {
    executor.carryOut(addB());
    List<Operation> change = new ArrayList<>();
    change.add(new LinkOperation.Cut("b", "root", 2));
    change.addAll(difference(TWO_HOSTS, lab("10.7.0.0/24")));
    LinkOperation.Split split =
        new LinkOperation.Split(
            "root", "lan", 1000, List.of(new LinkOperation.Island("part.5000", 5000, List.of(1))));
    change.add(split);
    change.add(new LinkOperation.Mend("b", "root", 2));
    assertThat(change.stream().map(Operation::describe))
        .contains(
            "disconnect veth1 of host a from lan",
            "remove network lan",
            "create network lan as 10.7.0.11/24",
            "connect veth1 of host a to lan as 10.7.0.1/24",
            "write /etc/hosts and /etc/resolv.conf in host a",
            "part network lan: on their own veth1");
    int calls = callsOf(change, 0);
    executor.carryOut(List.of(new LinkOperation.Join(split)));
    executor.carryOut(difference(lab("10.7.0.0/24"), TWO_HOSTS));
    String before = stateOfLinks();

    for (int n = 1; n <= calls; n++) {
      int nth = n;
      assertThatIOException().as("call %d", n).isThrownBy(() -> callsOf(change, nth));
      assertThat(stateOfLinks()).as("after call %d", n).isEqualTo(before);
    }

    executor.carryOut(change);
    assertThat(ask("a", "cat /etc/hosts")).contains("10.7.0.1");
  }

  private String stateOfLinks() throws IOException {
    String links = "cd /sys/class/net; for i in *; do echo $i $(cat $i/flags $i/ifindex); done\n";
    return ask("root", links + "cat /proc/net/fib_trie /etc/hosts; ls /sys/class/net/*/brif")
        + ask("a", links + "cat /proc/net/fib_trie /etc/hosts /etc/resolv.conf")
        + ask("b", links + "cat /proc/net/fib_trie /etc/hosts /etc/resolv.conf");
  }

  private int callsOf(List<Operation> change, int nth) throws IOException {
    FailingKernel failing =
        new FailingKernel(Kernel.real(), call -> !NOT_WATCHED.contains(call), nth, Errno.ENOMEM);
    kernel.now = failing;
    try {
      executor.carryOut(change);
    } finally {
      kernel.now = Kernel.real();
    }
    return failing.seen();
  }

  private int callsOfAChange(int nth) throws IOException {
    FailingKernel failing =
        new FailingKernel(Kernel.real(), call -> !NOT_WATCHED.contains(call), nth, Errno.ENOMEM);
    kernel.now = failing;
    try {
      executor.carryOut(addB());
    } finally {
      kernel.now = Kernel.real();
    }
    return failing.seen();
  }

  private List<Operation> difference(LabDescription old, LabDescription wanted) throws IOException {
    return Differ.difference(
        old, wanted, site, Bridges.of(TWO_HOSTS), LiveState.asDescribed(old, 1));
  }

  private List<Operation> addB() {
    return Planner.host(
        TWO_HOSTS, site, Bridges.of(TWO_HOSTS), TWO_HOSTS.host("b").orElseThrow(), _ -> true);
  }

  private static LabDescription lab(List<String> hosts) {
    var builder = LabDescription.builder("changing").network("lan", "10.9.0.0/24");
    hosts.forEach(host -> builder.host(HostDescription.named(host).on("lan")));
    return builder.build();
  }

  private static List<Path> codePath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().normalize())
        .filter(Files::exists)
        .toList();
  }

  private static LabDescription lab(String subnet) {
    return LabDescription.builder("changing")
        .network("lan", subnet)
        .host(HostDescription.named("a").on("lan"))
        .host(HostDescription.named("b").on("lan"))
        .build();
  }

  private Machine machine(String host) {
    return Objects.requireNonNull(executor.machines().get(host), host);
  }

  private String ask(String host, String script) throws IOException {
    Process process = machine(host).start(HostCommand.shell(script).mergeErrors());
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  /** Number and target of every open descriptor. */
  private static Set<String> descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.map(ExecutorTest::target)
          .filter(target -> !target.endsWith("/fd"))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return descriptor.getFileName() + " " + Files.readSymbolicLink(descriptor);
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  /** Another door to the kernel for each change. */
  private static final class ChangingKernel implements Kernel {
    private volatile Kernel now = Kernel.real();

    @Override
    public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
      return now.call(call, a, b, c, d, e, f);
    }

    @Override
    public int spawn(
        MemorySegment path,
        MemorySegment fileActions,
        MemorySegment attributes,
        MemorySegment argv,
        MemorySegment envp) {
      return now.spawn(path, fileActions, attributes, argv, envp);
    }
  }
}
