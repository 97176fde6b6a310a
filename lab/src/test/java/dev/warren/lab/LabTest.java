package dev.warren.lab;

import static dev.warren.lab.LabFixture.TWO_HOSTS;
import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host is, seen from inside. */
@Timeout(60)
class LabTest {
  @TempDir static Path state;
  private static Lab lab;

  @BeforeAll
  static void start() throws IOException {
    lab = Lab.start(TWO_HOSTS, LabSettings.in(state));
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void aHostHasItsNameAndAddresses() throws Exception {
    assertThat(ask(lab.host("a"), "hostname")).isEqualTo("a");
    assertThat(ask(lab.host("a"), "cat /etc/hostname")).isEqualTo("a");
    assertThat(ask(lab.host("a"), "cat /proc/net/fib_trie")).contains("10.53.57.30");
    assertThat(ask(lab.host("a"), "cat /proc/net/if_inet6"))
        .contains("fd000000000000000000000053575f1e");
  }

  @Test
  void theDevicesAreNamedAsTheWikiPageHasThem() throws Exception {
    assertThat(ask(lab.host("a"), "ls /sys/class/net")).isEqualTo("lo\nveth30");
    assertThat(ask(lab.root(), "ls /sys/class/net")).isEqualTo("lan\nlo\nveth200-br\nveth30-br");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.53.57.30", "fd00::5357:5f1e"})
  void hostsAndClientReachEachOther(String address) throws Exception {
    try (ServerSocket server =
        lab.host("a").call(() -> new ServerSocket(0, 5, InetAddress.getByName(address)))) {
      InetSocketAddress target =
          new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
      for (Host from : new Host[] {lab.host("b"), lab.root()}) {
        boolean connected =
            from.call(
                () -> {
                  try (Socket socket = new Socket()) {
                    socket.connect(target, 5000);
                    return socket.isConnected();
                  }
                });
        assertThat(connected).as("from " + from.name()).isTrue();
      }
    }
  }

  @Test
  void theMachinesOwnDevicesAreOutOfReach() throws Exception {
    assertThat(ask(lab.host("a"), "wc -l < /proc/net/route")).isEqualTo("2");
    assertThat(NetworkInterface.getByName("veth30")).isNull();
    assertThat(NetworkInterface.getByName("lan")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "b.example.com", "www.example.com", "B.Example.COM"})
  void namesOfHostsResolveInEveryHost(String name) throws Exception {
    assertThat(ask(lab.host("a"), "getent ahostsv4 " + name)).startsWith("10.53.57.200");
    assertThat(ask(lab.root(), "getent ahostsv6 " + name)).startsWith("fd00::5357:5fc8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.53.57.200", "fd00::5357:5fc8"})
  void addressesResolveBackToNames(String address) throws Exception {
    assertThat(ask(lab.host("a"), "getent hosts " + address)).contains("b.example.com");
  }

  @Test
  void aNameThatIsNotThereIsNotFound() throws Exception {
    assertThat(ask(lab.host("a"), "getent hosts nobody.example.com || echo none"))
        .isEqualTo("none");
  }

  @Test
  void javaCodeInAHostResolvesAsTheHostDoes() throws Exception {
    String address = lab.host("a").call(() -> InetAddress.getAllByName("b")[0].getHostAddress());

    assertThat(address).isEqualTo("10.53.57.200");
  }

  @Test
  void filesUnderEtcAreTheHostsOwn() throws Exception {
    ask(lab.host("a"), "echo new > /etc/note; echo 127.0.0.9 x >> /etc/hosts");

    assertThat(ask(lab.host("b"), "ls /etc; cat /etc/hosts")).doesNotContain("note", "127.0.0.9");
    assertThat(Files.readString(Path.of("/etc/hosts"))).doesNotContain("127.0.0.9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp", "/var/tmp", "/run", "/dev/shm", "/root"})
  void directoriesThatAnybodyWritesToAreTheHostsOwn(String directory) throws Exception {
    ask(lab.host("a"), "echo mine > " + directory + "/note");

    assertThat(ask(lab.host("b"), "ls " + directory)).doesNotContain("note");
    // Not doesNotExist(), which wants to be sure: an ordinary user may not look into /root.
    assertThat(Files.exists(Path.of(directory, "note"))).isFalse();
  }

  @Test
  void aHostSeesItsOwnProcessesOnly() throws Exception {
    assertThat(ask(lab.host("a"), "cat /proc/1/comm")).isEqualTo("init");
    assertThat(ask(lab.host("a"), "ls -d /proc/[0-9]* | wc -l").length()).isEqualTo(1);
  }

  @Test
  void orphansAreReaped() throws Exception {
    assertThat(
            ask(
                lab.host("a"),
                """
                orphan=$(sh -c '(echo $BASHPID; exec sleep 0.01) & echo $!')
                while [ -e /proc/$orphan ]; do sleep 0.01; done
                echo reaped
                """))
        .endsWith("reaped");
  }

  @Test
  void anUnknownHostIsNamedWithThoseThatThereAre() {
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> lab.host("c"))
        .withMessageContaining("lab two-hosts has no host c, only [client, a, b]");
  }
}
