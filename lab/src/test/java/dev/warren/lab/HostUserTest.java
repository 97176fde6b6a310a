package dev.warren.lab;

import static dev.warren.lab.LabFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.description.GroupDescription;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.UserDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.linux.idmap.IdMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process can be any user of its host, and the kernel knows it. */
@Timeout(60)
class HostUserTest {
  private static final int ADA = 1501;
  private static final int BOB = 1502;
  private static final int READERS = 1600;

  private static final LabDescription USERS =
      LabDescription.builder("users")
          .host(
              HostDescription.named("a")
                  .user(new UserDescription("ada", ADA, ADA, "Ada", "/home/ada", "/bin/bash"))
                  .user(new UserDescription("bob", BOB, BOB, "", "/home/bob", "/bin/sh"))
                  .user(new UserDescription("far", 70_000_000, ADA, "", "/", "/bin/sh"))
                  .group(new GroupDescription("ada", ADA, List.of()))
                  .group(new GroupDescription("bob", BOB, List.of()))
                  .group(new GroupDescription("readers", READERS, List.of("ada")))
                  .privateDirectory(Path.of("/srv")))
          .build();

  @TempDir static Path state;
  private static Lab lab;
  private static Host host;

  @BeforeAll
  static void start() throws IOException {
    lab = Lab.start(USERS, LabSettings.in(state));
    host = lab.host("a");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static void assumeSeveralIds() throws IOException {
    assumeTrue(
        IdMap.ofUsers().contains(BOB) && IdMap.ofGroups().contains(READERS),
        "without a range in /etc/subuid and /etc/subgid there is one id only");
  }

  @Test
  void idsAndSupplementaryGroupsAreThoseOfTheHostsFiles() throws Exception {
    assumeSeveralIds();

    assertThat(read(host.start(HostCommand.shell("id -u; id -g; id -Gn").user("ada"))))
        .isEqualTo(ADA + "\n" + ADA + "\nada readers\n");
  }

  @Test
  void theVariablesOfALoginAreTheUsers() throws Exception {
    HostCommand command = HostCommand.shell("echo $HOME $USER $LOGNAME $SHELL");

    assertThat(read(host.start(command.user("root")))).startsWith("/root root root /");
    assumeSeveralIds();
    assertThat(read(host.start(command.user("ada")))).isEqualTo("/home/ada ada ada /bin/bash\n");
  }

  @Test
  void aGivenEnvironmentIsLeftAsItIs() throws Exception {
    assumeSeveralIds();
    HostCommand command = HostCommand.of("/usr/bin/env").environment(Map.of("HOME", "/srv"));

    assertThat(read(host.start(command.user("ada")))).isEqualTo("HOME=/srv\n");
  }

  @Test
  void theKernelEnforcesWhoMayReadWhat() throws Exception {
    assumeSeveralIds();
    LabFixture.ask(
        host,
        "echo secret >/srv/diary; chmod 640 /srv/diary; chown bob:readers /srv/diary; chmod 755 /srv");

    assertThat(read(host.start(HostCommand.of("cat", "/srv/diary").user("ada"))))
        .isEqualTo("secret\n");
    assertThat(host.start(HostCommand.shell("echo >/srv/diary").user("ada")).waitFor()).isNotZero();
    LabFixture.ask(host, "chgrp bob /srv/diary");
    assertThat(host.start(HostCommand.of("cat", "/srv/diary").user("ada")).waitFor()).isNotZero();
  }

  @Test
  void anOrdinaryUserHasNoPowerOverTheHost() throws Exception {
    assumeSeveralIds();

    Process process =
        host.start(HostCommand.shell("ip link set lo down || kill -9 1").user("ada").mergeErrors());
    assertThat(read(process)).contains("not permitted");
    assertThat(process.waitFor()).isNotZero();
  }

  @Test
  void aProcessOfAnotherUserTakesSignals() throws Exception {
    assumeSeveralIds();
    Process process = host.start(HostCommand.of("sleep", "60").user("bob"));
    process.destroy();

    assertThat(process.waitFor()).isEqualTo(128 + 15);
  }

  @Test
  void theProcessTableHasTheUsersName() throws Exception {
    assumeSeveralIds();
    Process process = host.start(HostCommand.shell("echo on; exec sleep 60").user("bob"));
    try {
      assertThat(process.getInputStream().read()).isEqualTo('o');
      assertThat(host.processes())
          .anyMatch(one -> one.pid() == process.pid() && one.user().equals("bob"));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aUserThatIsNotThereIsAnErrorOfTheStart() {
    assertThatIOException()
        .isThrownBy(() -> host.start(HostCommand.of("true").user("nobody-knows")))
        .withMessage("no user \"nobody-knows\" in host a");
  }

  @Test
  void anIdThatTheLabDoesNotHaveIsAnErrorWithTheRemedy() throws Exception {
    assumeTrue(!IdMap.ofUsers().isInitial(), "the machine's own root has all ids");

    assertThatIOException()
        .isThrownBy(() -> host.start(HostCommand.of("true").user("far")))
        .withMessageStartingWith("run as user far in host a: this lab does not have uid 70000000")
        .withMessageContaining("/etc/subuid");
  }

  @Test
  void aProgramThatIsNotThereIsAnErrorOfTheStartForAnyUser() throws Exception {
    assumeSeveralIds();

    assertThatIOException()
        .isThrownBy(() -> host.start(HostCommand.of("no-such-program").user("ada")))
        .withMessageContaining("start no-such-program in host a: ENOENT");
    assertThatIOException()
        .isThrownBy(() -> host.start(HostCommand.of("/no/such/program").user("ada")))
        .withMessageContaining("/no/such/program: there is no such file");
  }
}
