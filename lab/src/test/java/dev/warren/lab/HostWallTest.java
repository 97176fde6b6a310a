package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static dev.warren.lab.LabFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.warren.lab.description.BindDescription;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.linux.idmap.IdMap;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the root of a host tries against the machine and other hosts, in one without and in one with
 * a user namespace of its own. In a lab of the machine's root the former is that root: what nothing
 * but the want of powers prevents is left out there.
 */
@Timeout(120)
@SuppressWarnings("AddressSelection") // a host has one address here
class HostWallTest {
  /** Takes away what the host has over the machine's files, as often as it goes. */
  private static final String BARE =
      """
      for turn in 1 2 3; do
        for place in /run /tmp /var/tmp /root /dev/shm /dev/pts /dev /etc; do umount -l $place; done
      done 2>/dev/null
      """;

  @TempDir static Path state;
  @TempDir static Path machine;
  private static Lab lab;

  @BeforeAll
  static void start() throws Exception {
    Files.setAttribute(machine, "unix:mode", 0755);
    Files.writeString(machine.resolve("secret"), "of the machine\n");
    Files.createDirectory(machine.resolve("shown"));
    Files.writeString(machine.resolve("shown/page"), "as it was\n");
    BindDescription shown = new BindDescription(Path.of("/mnt"), machine.resolve("shown"), false);
    lab =
        Lab.start(
            LabDescription.builder("wall")
                .network("lan", "10.53.57.0/24", "fd00::5357:5f00/112")
                .root(HostDescription.named("client").on("lan", 11).build())
                .host(HostDescription.named("plain").on("lan", 30).bind(shown))
                .host(
                    HostDescription.named("own")
                        .on("lan", 31)
                        .isolation(HostIsolation.NONE.withUser())
                        .bind(shown))
                .host(HostDescription.named("other").on("lan", 40))
                .build(),
            LabSettings.in(state));
    ask(lab.host("other"), "echo of another host >/root/warren-secret-of-other");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  static List<Host> hosts() {
    return List.of(lab.host("plain"), lab.host("own"));
  }

  /** What a script says, however it ends, in mounts that are its own: others find theirs. */
  private static String tries(Host host, String script) throws Exception {
    HostProcess process =
        host.start(HostCommand.of("unshare", "--mount", "sh", "-c", script).mergeErrors());
    String output = read(process);
    process.waitFor();
    return output;
  }

  private static void assumeNoPowerOverTheMachine(Host host) throws IOException {
    assumeFalse(
        IdMap.ofUsers().isInitial() && host.name().equals("plain"),
        "in a lab of the machine's root a host's root is that one");
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void theMachinesFilesStayReadOnlyWhateverIsMounted(Host host) throws Exception {
    assertThat(
            tries(
                host,
                """
                touch /usr/warren-was-here && echo written
                mount -o remount,bind,rw / && touch /warren-was-here && echo written
                mount -o remount,bind,rw /usr && touch /usr/warren-was-here && echo written
                mount --rbind / /mnt && mount -o remount,bind,rw /mnt && echo written
                unshare --mount sh -c 'mount -o remount,bind,rw /' && echo written
                touch /proc/1/root/usr/warren-was-here && echo written
                touch /proc/self/cwd/usr/warren-was-here && echo written
                """))
        .doesNotContain("written");
    assertThat(Path.of("/usr/warren-was-here")).doesNotExist();
    assertThat(Path.of("/warren-was-here")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void whatIsShownToBeReadIsNotWritten(Host host) throws Exception {
    assertThat(
            tries(
                host,
                """
                cat /mnt/page
                echo x >>/mnt/page && echo written
                mount -o remount,bind,rw /mnt && echo x >>/mnt/page && echo written
                mkdir /run/again && mount --bind /mnt /run/again
                mount -o remount,bind,rw /run/again && echo x >>/run/again/page && echo written
                """))
        .contains("as it was")
        .doesNotContain("written");
    assertThat(machine.resolve("shown/page")).hasContent("as it was\n");
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void belowItsOwnDirectoriesAreNoneOfTheMachine(Host host) throws Exception {
    assertThat(tries(host, BARE + "cat " + machine.resolve("secret")))
        .doesNotContain("of the machine");
    assertThat(tries(host, BARE + "for t in /dev/pts/[0-9]*; do echo hi >$t && echo written; done"))
        .doesNotContain("written");
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void belowItsProcessesAreNoneOfTheMachine(Host host) throws Exception {
    long jvm = ProcessHandle.current().pid();
    assertThat(
            tries(
                host,
                """
                for turn in 1 2 3; do umount -l /proc; done 2>/dev/null
                cat /proc/[0-9]*/comm
                cat /proc/%d/root%s/secret
                """
                    .formatted(jvm, machine)))
        .doesNotContain("java")
        .doesNotContain("of the machine");
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void filesOfOtherHostsAreNowhere(Host host) throws Exception {
    String search =
        "find /tmp /run /var/tmp /root /dev /proc/1/root/tmp /proc/1/root/root %s"
                .formatted(state.getParent())
            + " -name 'warren-secret*'; mount";
    assertThat(tries(host, search)).doesNotContain("warren-secret");
    assertThat(tries(host, BARE + search)).doesNotContain("warren-secret");
    assertThat(ask(lab.host("other"), "cat /root/warren-secret*")).isEqualTo("of another host");
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void processesOutsideAreNeitherEndedNorTraced(Host host) throws Exception {
    long jvm = ProcessHandle.current().pid();
    long other = lab.host("other").pid();
    for (long pid : List.of(jvm, other)) {
      // The PID may be one of the host's own by chance, but not of that program.
      assertThat(
              tries(
                  host,
                  """
                  if [ -d /proc/%1$d ]; then exit; fi
                  kill -0 %1$d && echo reached
                  head -c1 /proc/%1$d/mem && echo reached
                  nsenter --target %1$d --mount true && echo reached
                  """
                      .formatted(pid)))
          .doesNotContain("reached");
    }
    assertThat(ask(host, "cat /proc/[0-9]*/comm")).doesNotContain("java");
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void aProcessHasNoOpenFilesButItsOwn(Host host) throws Exception {
    assertThat(read(host.start(HostCommand.of("ls", "/proc/self/fd"))).lines().toList())
        .containsExactly("0", "1", "2", "3");
    assertThat(ask(host, "ls -l /proc/1/fd /proc/1/cwd /proc/1/root"))
        .doesNotContain("junit")
        .doesNotContain("/hosts/");
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void whatItMountsIsSeenNowhereElse(Host host) throws Exception {
    String mark = "warren-" + UUID.randomUUID();
    ask(
        host,
        "mkdir -p /run/m && mount --make-rshared / && mount -t tmpfs %s /run/m && grep %s /proc/mounts"
            .formatted(mark, mark));
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(mark);
    assertThat(ask(lab.host("other"), "cat /proc/mounts")).doesNotContain(mark);
    ask(host, "umount /run/m && mount --make-rprivate /");
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void itHasNoDisksAndMakesNone(Host host) throws Exception {
    assertThat(ask(host, "find /dev -type b")).isEmpty();
    assumeNoPowerOverTheMachine(host);
    assertThat(
            tries(
                host,
                """
                mknod /tmp/disk b 8 0 && echo made
                mount -t devtmpfs none /mnt && echo made
                """))
        .doesNotContain("made");
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void theMachinesNetworkIsNotReached(Host host) throws Exception {
    try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int port = service.getLocalPort();
      List<InetAddress> addresses =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(one -> !one.isLinkLocalAddress())
              .toList();
      for (InetAddress address : addresses) {
        assertThatIOException()
            .isThrownBy(
                () ->
                    host.run(
                        () -> {
                          try (SocketChannel channel = SocketChannel.open()) {
                            channel.socket().connect(new InetSocketAddress(address, port), 2000);
                          }
                        }));
      }
    }
    assertThat(
            ask(
                host,
                "ls /sys/class/net | grep -vE '^(lo|veth[0-9]+|[a-z]+[0-9]*tnl0|sit0|gre.*|erspan.*|ip.*|tunl0)$' || :"))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void theMachinesAbstractSocketsAreOthersThanTheHosts(Host host) throws Exception {
    String name = "warren-" + UUID.randomUUID();
    try (Descriptor _ = abstractSocket(name)) {
      assertThatIOException().isThrownBy(() -> abstractSocket(name).close());
      assertThat(Files.readString(Path.of("/proc/net/unix"))).contains(name);
      host.run(() -> abstractSocket(name).close());
      assertThat(ask(host, "cat /proc/net/unix")).doesNotContain(name);
    }
  }

  /** Bound, as struct sockaddr_un of unix(7): a name after a NUL. */
  private static Descriptor abstractSocket(String name) throws KernelException {
    Kernel kernel = Kernel.real();
    Descriptor socket =
        new Descriptor(
            kernel, (int) KernelException.check(kernel.call(SystemCall.SOCKET, 1, 1, 0), "socket"));
    try (Arena arena = Arena.ofConfined()) {
      byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
      MemorySegment address = arena.allocate(3 + bytes.length, 8);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
      MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, 3, bytes.length);
      KernelException.check(
          kernel.call(SystemCall.BIND, socket.number(), address.address(), address.byteSize()),
          "bind");
      return socket;
    } catch (KernelException failure) {
      socket.close();
      throw failure;
    }
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void socketsOfTheMachineInTmpAreNotReached(Host host) throws Exception {
    Path path = machine.resolve("s-" + host.name());
    try (ServerSocketChannel service = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      service.bind(UnixDomainSocketAddress.of(path));
      assertThatIOException()
          .isThrownBy(
              () -> host.run(() -> SocketChannel.open(UnixDomainSocketAddress.of(path)).close()));
    }
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void itsNamespacesAreNotTheMachines(Host host) throws Exception {
    for (String kind : List.of("net", "mnt", "uts", "ipc", "pid")) {
      String outside = Files.readSymbolicLink(Path.of("/proc/self/ns", kind)).toString();
      assertThat(ask(host, "readlink /proc/*/ns/" + kind).lines()).doesNotContain(outside);
    }
    String name = Files.readString(Path.of("/proc/sys/kernel/hostname"));
    tries(host, "hostname taken; echo taken >/proc/sys/kernel/hostname");
    assertThat(Path.of("/proc/sys/kernel/hostname")).hasContent(name);
    ask(host, "hostname " + host.name());
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void theMachineItselfIsNotChanged(Host host) throws Exception {
    assumeNoPowerOverTheMachine(host);
    assertThat(
            tries(
                host,
                """
                date -s "$(date)" && echo done
                cat /proc/sys/kernel/core_pattern >/run/core &&
                  cat /run/core >/proc/sys/kernel/core_pattern && echo done
                cat /proc/sys/vm/swappiness >/run/swap &&
                  cat /run/swap >/proc/sys/vm/swappiness && echo done
                : >/proc/sysrq-trigger && echo done
                head -c1 /proc/kcore && echo done
                cat /sys/kernel/uevent_helper >/run/helper &&
                  cat /run/helper >/sys/kernel/uevent_helper && echo done
                nice -n -5 true 2>&1 | grep -q . || nice -n -5 nice | grep -q -- -5 && echo done
                chrt --fifo 1 true && echo done
                mount -t cgroup2 none /mnt && echo done
                mount -t cgroup -o pids none /mnt && echo done
                """))
        .doesNotContain("done\n");
  }
}
