package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static dev.warren.lab.LabFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.description.BindDescription;
import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.PrivateDirectory;
import dev.warren.lab.description.UserDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.lab.process.HostProcessInfo;
import dev.warren.linux.idmap.IdMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host with a user namespace of its own is root over nothing but itself. */
@Timeout(120)
@SuppressWarnings("AddressSelection") // a host has one address here
class HostIsolationTest {
  private static final int ADA = 1501;

  @TempDir static Path state;
  @TempDir static Path machine;
  private static Lab lab;
  private static Host host;
  private static Host plain;

  @BeforeAll
  static void start() throws IOException {
    Files.setAttribute(machine, "unix:mode", 0755);
    Files.writeString(machine.resolve("secret"), "of the machine\n");
    Files.setAttribute(machine.resolve("secret"), "unix:mode", 0600);
    Files.createDirectory(machine.resolve("seed"));
    Files.writeString(machine.resolve("seed/page"), "hello\n");
    lab =
        Lab.start(
            LabDescription.builder("isolated")
                .network("lan", "10.53.57.0/24", "fd00::5357:5f00/112")
                .root(HostDescription.named("client").on("lan", 11).build())
                .host(
                    HostDescription.named("a")
                        .on("lan", 30)
                        .isolation(HostIsolation.NONE.withUser().withCgroup())
                        .user(new UserDescription("ada", ADA, ADA, "", "/home/ada", "/bin/sh"))
                        .privateDirectory(
                            PrivateDirectory.at(Path.of("/srv")).from(machine.resolve("seed")))
                        .file(new FileDescription(Path.of("/etc/app/conf"), 0644, "x=1\n"))
                        .bind(new BindDescription(Path.of("/mnt"), machine, true)))
                .host(HostDescription.named("b").on("lan", 40))
                .build(),
            LabSettings.in(state));
    host = lab.host("a");
    plain = lab.host("b");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static String fails(String script) throws Exception {
    HostProcess process = host.start(HostCommand.shell(script).mergeErrors());
    String output = read(process);
    assertThat(process.waitFor()).as("%s: %s", script, output).isNotZero();
    return output;
  }

  @Test
  void itsRootIsTheUserZeroOfAnotherUserNamespace() throws Exception {
    assertThat(ask(host, "id -u; id -g; id -G; whoami")).isEqualTo("0\n0\n0\nroot");
    assertThat(ask(host, "readlink /proc/self/ns/user"))
        .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/user")).toString())
        .isEqualTo(ask(host, "readlink /proc/1/ns/user"));
  }

  @Test
  void itHasAllIdsOfTheLabAndTheMachinesRootIsNoneOfThem() throws Exception {
    IdMap users = IdMap.ofUsers();
    IdMap inside = map(ask(host, "cat /proc/self/uid_map"));
    if (users.isInitial()) {
      assertThat(inside.inside(0)).isEmpty();
      assertThat(inside.size()).isLessThanOrEqualTo(65536);
    } else {
      assertThat(inside).isEqualTo(users.same());
    }
    assertThat(inside.contains(0)).isTrue();
  }

  private static IdMap map(String text) {
    return new IdMap(
        text.lines()
            .map(line -> line.strip().split("\\s+"))
            .map(
                words ->
                    new IdMap.Range(
                        Long.parseLong(words[0]),
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2])))
            .toList());
  }

  @Test
  void itIsRootOverItsNetworkItsNameAndItsMounts() throws Exception {
    ask(host, "ip address add 10.9.9.9/32 dev lo && ping -c1 -W5 10.9.9.9");
    ask(host, "ip link add dummy type bridge && ip link delete dummy");
    assertThat(ask(host, "mkdir -p /run/m && mount -t tmpfs x /run/m && touch /run/m/f && echo ok"))
        .isEqualTo("ok");
    assertThat(ask(host, "unshare --uts sh -c 'hostname other; hostname'")).isEqualTo("other");
    assertThat(ask(plain, "hostname")).isEqualTo("b");
  }

  @Test
  void itCannotTakeAwayWhatHidesTheMachine() throws Exception {
    fails("umount /etc");
    fails("umount /tmp");
    fails("umount /proc");
    fails("umount /dev/pts");
    fails("mount -o remount,bind,rw /usr");
    fails("touch /usr/x");
  }

  @Test
  void itDoesNotSeeNorReachProcessesOutside() throws Exception {
    long jvm = ProcessHandle.current().pid();
    // The PID may be one of the host's own by chance, but not of that program.
    assertThat(ask(host, "cat /proc/" + jvm + "/comm 2>/dev/null || echo none"))
        .doesNotContain("java");
    assertThat(fails("test $$ != " + jvm + " && exec kill -9 " + jvm)).contains("No such process");
    assertThat(ask(host, "cat /proc/[0-9]*/comm")).doesNotContain("java");
  }

  @Test
  void itMayNotDoWhatBelongsToTheMachine() throws Exception {
    fails("mknod /tmp/disk b 8 0");
    fails("sysctl -w kernel.pid_max=100");
    fails("date -s 2000-01-01");
    assertThat(fails("chown 99999999 /tmp")).contains("Invalid argument");
  }

  @Test
  void filesOfTheMachinesRootAreNotItsOwnThoughTheyAreShownWritable() throws Exception {
    assumeTrue(IdMap.ofUsers().isInitial(), "elsewhere the lab's root is an ordinary user");
    assertThat(ask(host, "stat -c %U /mnt/secret")).isEqualTo("nobody");
    assertThat(fails("cat /mnt/secret")).contains("Permission denied");
    assertThat(fails("echo x >/mnt/secret")).contains("Permission denied");
    assertThat(fails("touch /mnt/new")).contains("Permission denied");
    assertThat(fails("chown 0 /mnt/secret")).contains("not permitted");
    assertThat(machine.resolve("secret")).hasContent("of the machine\n");
  }

  @Test
  void itsOwnFilesBelongToItsRoot() throws Exception {
    assertThat(
            ask(
                host,
                "stat -c '%u:%g %n' /etc /etc/passwd /etc/app /etc/app/conf /srv /srv/page /tmp"
                    + " /root /run /dev/shm /dev/pts/ptmx /dev/null/.. 2>/dev/null || :"))
        .isEqualTo(
            """
            0:0 /etc
            0:0 /etc/passwd
            0:0 /etc/app
            0:0 /etc/app/conf
            0:0 /srv
            0:0 /srv/page
            0:0 /tmp
            0:0 /root
            0:0 /run
            0:0 /dev/shm
            0:0 /dev/pts/ptmx""");
    ask(host, "echo y >>/etc/app/conf; echo z >/etc/new; rm /etc/new; echo 1 >/srv/more");
  }

  @Test
  void itsUsersAreRealOnes() throws Exception {
    assumeTrue(IdMap.ofUsers().contains(ADA), "one id only: there is nobody to be");
    HostProcess process =
        host.start(HostCommand.shell("id -un; id -u; pwd; touch /tmp/ada").user("ada"));
    assertThat(read(process)).isEqualTo("ada\n" + ADA + "\n/\n");
    assertThat(process.waitFor()).isZero();
    assertThat(ask(host, "stat -c %U /tmp/ada; chown 7:8 /tmp/ada; stat -c %u:%g /tmp/ada"))
        .isEqualTo("ada\n7:8");
    assertThat(read(host.start(HostCommand.shell("cat /root/x 2>&1 || :").user("ada"))))
        .contains("Permission denied");
  }

  @Test
  void javaCodeMakesFilesOfTheHostsRoot() throws Exception {
    host.run(() -> Files.writeString(Path.of("/root/java"), "by Java"));
    assertThat(ask(host, "stat -c %u:%g /root/java; cat /root/java")).isEqualTo("0:0\nby Java");
  }

  @Test
  void javaCodeUsesItsNetworkAndSeesItsFiles() throws Exception {
    assertThat(host.call(() -> Files.readString(Path.of("/etc/hostname")))).isEqualTo("a\n");
    assertThat(plain.call(() -> java.net.InetAddress.getByName("a").getHostAddress()))
        .startsWith("10.53.57.");
    ask(plain, "ping -c1 -W5 a");
    ask(host, "ping -c1 -W5 b");
  }

  @Test
  void aTerminalIsItsOwn() throws Exception {
    HostProcess process =
        host.start(
            HostCommand.shell("tty; stat -c %u $(tty); : </dev/tty && echo mine").terminal(20, 70));
    assertThat(read(process).lines().toList()).containsExactly("/dev/pts/0", "0", "mine");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aProcessStartsInItsDirectoryWithItsVariables() throws Exception {
    HostProcess process =
        host.start(
            HostCommand.of("sh", "-c", "pwd; echo \"$A $LD_BIND_NOW\"; exit 7")
                .directory(Path.of("/etc/app"))
                .variables(Map.of("A", "b c", "LD_BIND_NOW", "1")));
    assertThat(read(process)).isEqualTo("/etc/app\nb c 1\n");
    assertThat(process.waitFor()).isEqualTo(7);
    assertThatIOException()
        .isThrownBy(() -> host.start(HostCommand.of("pwd").directory(Path.of("/nowhere"))))
        .withMessageContaining("/nowhere");
    assertThatIOException().isThrownBy(() -> host.start(HostCommand.of("no-such-program")));
  }

  @Test
  void aProcessHasNoOpenFilesButItsOwn() throws Exception {
    assertThat(read(host.start(HostCommand.of("ls", "/proc/self/fd"))).lines().toList())
        .containsExactly("0", "1", "2", "3");
  }

  @Test
  void itSeesItsControlGroupAsTheRootOfAll() throws Exception {
    assertThat(ask(host, "cat /proc/self/cgroup").lines())
        .isNotEmpty()
        .allMatch(l -> l.endsWith(":/"));
    assertThat(ask(host, "cat /proc/1/cgroup").lines()).allMatch(l -> l.endsWith(":/"));
  }

  @Test
  void processesAreListedByTheUsersOfTheHost() throws Exception {
    HostProcess process = host.start(HostCommand.of("sleep", "1000"));
    try {
      HostProcessInfo info =
          await().until(HostIsolationTest::sleeping, Optional::isPresent).orElseThrow();
      assertThat(info.user()).isEqualTo("root");
      assertThat(info.uid()).isZero();
      assertThat(host.processes().getFirst().isInit()).isTrue();
      assertThat(host.freeze()).isPositive();
      assertThat(host.thaw()).isPositive();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Optional<HostProcessInfo> sleeping() {
    return host.processes().stream()
        .filter(one -> one.command().equals(List.of("sleep", "1000")))
        .findFirst();
  }
}
