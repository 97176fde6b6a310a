package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static dev.warren.lab.LabFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.description.Condition;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.HostLimits;
import dev.warren.lab.description.IdRange;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.linux.idmap.IdMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts with namespaces of their own, from their start to their end. */
@Timeout(120)
class HostIsolationLifeTest {
  private static final HostIsolation OWN = HostIsolation.NONE.withUser().withCgroup();

  @TempDir Path state;

  private Lab start(HostBuilder host) throws IOException {
    return Lab.start(
        LabDescription.builder("own").host(host.build()).build(), LabSettings.in(state));
  }

  private static HostBuilder host() {
    return HostDescription.named("a").isolation(OWN);
  }

  @Test
  void aRebootKeepsFilesAndNamespacesAndEndsProcesses() throws Exception {
    try (Lab lab = start(host())) {
      Host host = lab.host("a");
      ask(host, "echo kept >/root/note; mkdir /run/m; mount -t tmpfs x /run/m");
      String user = ask(host, "readlink /proc/self/ns/user");
      Process daemon = host.start(HostCommand.of("sleep", "1000"));
      long before = host.pid();

      host.reboot();

      assertThat(daemon.waitFor()).isEqualTo(128 + 9);
      assertThat(host.pid()).isNotEqualTo(before);
      assertThat(ask(host, "cat /root/note; id -u; ls -d /proc/[0-9]* | wc -l").lines())
          .startsWith("kept", "0");
      assertThat(ask(host, "readlink /proc/self/ns/user")).isEqualTo(user);
      assertThat(ask(host, "readlink /proc/1/ns/user")).isEqualTo(user);
      assertThat(ask(host, "cat /proc/self/cgroup").lines()).allMatch(line -> line.endsWith(":/"));
      host.reboot();
      assertThat(ask(host, "readlink /proc/1/ns/user")).isEqualTo(user);
    }
  }

  @Test
  void aServiceRunsInIt() throws Exception {
    ServiceDescription service =
        ServiceDescription.script("note", "readlink /proc/self/ns/user >/run/ns; exec sleep 1000")
            .ready(new Condition.FileExists(Path.of("/run/ns")))
            .build();
    try (Lab lab = start(host().service(service))) {
      assertThat(ask(lab.host("a"), "cat /run/ns"))
          .isEqualTo(ask(lab.host("a"), "readlink /proc/self/ns/user"));
      lab.service("a", "note").restart();
    }
  }

  @Test
  void itIsAddedToARunningLab() throws Exception {
    try (Lab lab = start(HostDescription.named("b"))) {
      Host host = lab.add(host().build());
      assertThat(ask(host, "id -u")).isEqualTo("0");
      lab.remove(host);
    }
  }

  @Test
  void itsIdsAreThoseThatAreSaid() throws Exception {
    IdRange range = IdMap.ofUsers().size() == 1 ? new IdRange(0, 0) : new IdRange(1000, 1999);
    try (Lab lab =
        start(HostDescription.named("a").isolation(HostIsolation.NONE.withUser(range)))) {
      Host host = lab.host("a");
      assertThat(ask(host, "cat /proc/self/uid_map").split("\\s+"))
          .containsExactly("0", Long.toString(range.first()), Long.toString(range.count()));
      assertThat(ask(host, "id -u; echo x >/etc/x; stat -c %u:%g /etc/x /etc/passwd"))
          .isEqualTo("0\n0:0\n0:0");
      Process terminal = host.start(HostCommand.shell("stat -c %u $(tty)").terminal(20, 70));
      assertThat(read(terminal).strip()).isEqualTo("0");
      host.run(() -> Files.writeString(Path.of("/tmp/java"), ""));
      assertThat(ask(host, "stat -c %u /tmp/java")).isEqualTo("0");
    }
  }

  @Test
  void idsThatTheLabDoesNotHaveAreRefused() throws Exception {
    assumeFalse(IdMap.ofUsers().isInitial(), "the machine's root has all");
    assertThatIOException()
        .isThrownBy(
            () ->
                start(
                        HostDescription.named("a")
                            .isolation(HostIsolation.NONE.withUser(new IdRange(60000, 70000))))
                    .close())
        .withMessageContaining("make the namespaces of host a")
        .withMessageContaining("this lab does not have the uids 60000-70000");
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void theMachinesRootIsRefusedAsTheRootOfAHost() throws Exception {
    assumeTrue(IdMap.ofUsers().isInitial(), "the lab's root is not the machine's");
    assertThatIOException()
        .isThrownBy(
            () ->
                start(
                        HostDescription.named("a")
                            .isolation(HostIsolation.NONE.withUser(new IdRange(0, 65535))))
                    .close())
        .withMessageContaining("a host's begin above 0 in a lab of root");
  }

  @Test
  void aCgroupNamespaceAloneIsNoUserNamespace() throws Exception {
    try (Lab lab = start(HostDescription.named("a").isolation(HostIsolation.NONE.withCgroup()))) {
      Host host = lab.host("a");
      assertThat(ask(host, "cat /proc/self/cgroup").lines()).allMatch(line -> line.endsWith(":/"));
      assertThat(ask(host, "readlink /proc/self/ns/user"))
          .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/user")).toString());
    }
  }

  @Test
  void limitsHoldAndAreTheRootOfItsControlGroups() throws Exception {
    assumeTrue(
        Files.isWritable(Path.of("/sys/fs/cgroup/pids"))
            && Files.readString(Path.of("/proc/self/cgroup")).contains(":pids:/\n"),
        "no cgroup that a test may divide (HostLimitsTest)");
    try (Lab lab = start(host().limits(HostLimits.NONE.withProcesses(8)))) {
      Host host = lab.host("a");
      assertThat(ask(host, "cat /proc/self/cgroup")).contains("pids:/\n");
      assertThat(
              read(
                  host.start(
                      HostCommand.shell(
                          "(for i in 1 2 3 4 5 6 7 8 9; do sleep 5 & done) 2>&1; true"))))
          .contains("Resource temporarily unavailable");
    }
  }

  @Test
  void theLimitOfUserNamespacesIsSaid() throws Exception {
    assumeFalse(IdMap.ofUsers().isInitial(), "the machine's limit is not a test's to change");
    Path limit = Path.of("/proc/sys/user/max_user_namespaces");
    assumeTrue(Files.isWritable(limit), "/proc/sys is read-only here");
    Files.writeString(limit, "0");
    try {
      assertThatIOException()
          .isThrownBy(() -> start(host()).close())
          .withMessageContaining("No space left on device")
          .withMessageContaining("raise user.max_user_namespaces");
    } finally {
      // What a user namespace begins with. Java reads the first digit of such a file only.
      Files.writeString(limit, Integer.toString(Integer.MAX_VALUE));
    }
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void hostsWithoutNamespacesOfTheirOwnStayAsTheyAre() throws Exception {
    try (Lab lab = start(HostDescription.named("a"))) {
      assertThat(ask(lab.host("a"), "readlink /proc/self/ns/user"))
          .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/user")).toString());
      assertThat(List.of(lab.host("a").hasOwnRoot())).containsExactly(false);
    }
  }
}
