package dev.warren.lab.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningLabsTest {
  @TempDir private Path folder;
  private RunningLabs labs;

  @BeforeEach
  void open() throws IOException {
    labs = RunningLabs.in(folder.resolve("warren"));
  }

  @Test
  void showsARegisteredLabWithItsHosts() throws Exception {
    RunningHost host =
        new RunningHost(
            "a",
            ProcessIdentity.current(),
            Path.of("/proc/1/fd/3"),
            true,
            List.of("veth1"),
            List.of("10.0.0.1", "fd00::1"));
    try (Registration registration = labs.register("demo")) {
      registration.publish(List.of(host));

      RunningLab lab = labs.find("demo").orElseThrow();

      assertThat(lab.hosts()).containsExactly(host);
      assertThat(lab.supervisor()).isEqualTo(ProcessIdentity.current());
      assertThat(labs.list()).containsExactly(lab);
    }
  }

  @Test
  void writesWhatTheLauncherReads() throws Exception {
    ProcessIdentity init = ProcessIdentity.current();
    try (Registration registration = labs.register("demo")) {
      registration.publish(
          List.of(new RunningHost("a", init, Path.of("/proc/1/fd/3"), true, List.of(), List.of())));

      assertThat(registration.lab().directory().resolve("hosts/a"))
          .hasContent(
              "pid=%d%nnetwork=/proc/1/fd/3%nenter=--user --preserve-credentials%nown=0"
                  .formatted(init.pid()));
    }
  }

  @Test
  void givesANameToOneLabOnly() throws Exception {
    try (Registration first = labs.register("demo")) {
      assertThatThrownBy(() -> labs.register("demo"))
          .isInstanceOf(LabRunsException.class)
          .hasMessageContaining("\"demo\" runs already (PID ");

      assertThat(labs.list()).containsExactly(first.lab());
    }
  }

  @Test
  void closingLeavesNothing() throws Exception {
    Registration registration = labs.register("demo");
    Files.createDirectories(registration.stateDirectory().resolve("a/b"));
    Files.writeString(registration.stateDirectory().resolve("a/.c"), "x");

    registration.close();

    assertThat(labs.list()).isEmpty();
    assertThat(visible()).isEmpty();
  }

  @Test
  void theFolderOfADeadLabIsRemovedByWhoLooks() throws Exception {
    leaveDeadLab("demo");

    assertThat(labs.list()).isEmpty();
    assertThat(visible()).isEmpty();
  }

  @Test
  void theNameOfADeadLabIsFree() throws Exception {
    leaveDeadLab("demo");

    try (Registration registration = labs.register("demo")) {
      assertThat(labs.list()).containsExactly(registration.lab());
      assertThat(registration.lab().directory().resolve("hosts")).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"hosts\": [{\"name\": 1}]}",
        "{\"lab\": \"demo\"}",
        """
        {"lab": "demo", "started": "2026-03-01T12:00:00Z", "supervisor": 1, "supervisorStart": 1,
         "hosts": [], "partitions": {"lan": [[null]]}}
        """,
        """
        {"lab": "demo", "started": "2026-03-01T12:00:00Z", "supervisor": 99999999999,
         "supervisorStart": 1, "hosts": []}
        """,
      })
  void aLabWhoseDescriptionIsDamagedIsShownWithoutHosts(String text) throws Exception {
    try (Registration demo = labs.register("demo");
        Registration other = labs.register("other")) {
      Files.writeString(demo.lab().directory().resolve("lab.json"), text);

      RunningLab damaged = labs.list().getFirst();

      assertThat(damaged.name()).isEqualTo("demo");
      assertThat(damaged.supervisor()).isEqualTo(ProcessIdentity.current());
      assertThat(damaged.hosts()).isEmpty();
      assertThat(labs.list()).contains(other.lab());
    }
  }

  @Test
  void whatIsNoLabIsNotListed() throws Exception {
    Files.createDirectory(folder.resolve("warren/a b"));

    assertThat(labs.list()).isEmpty();
  }

  @Test
  void theNextStartRemovesWhatKilledOnesLeft() throws Exception {
    Path runtime = folder.resolve("warren");
    ProcessIdentity self = ProcessIdentity.current();
    long pid = self.pid();
    Path dead =
        Files.createDirectory(runtime.resolve(".new-%d-%d0-x".formatted(pid, self.start())));
    Files.createDirectory(dead.resolve("hosts"));
    Files.createFile(runtime.resolve(".starting.4194305.abc123"));
    Path pipes = Files.createDirectory(runtime.resolve(".testenv.4194305.abc123"));
    Files.createFile(pipes.resolve("control"));
    List<Path> kept =
        List.of(
            Files.createDirectory(runtime.resolve(".new-%d-%d-x".formatted(pid, self.start()))),
            Files.createFile(runtime.resolve(".starting." + pid + ".abc123")),
            Files.createDirectory(runtime.resolve(".testenv." + pid + ".abc123")));

    labs.register("demo").close();

    assertThat(visible()).containsExactlyInAnyOrderElementsOf(kept);
  }

  @Test
  void refusesADirectoryThatOthersMayWrite() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> RunningLabs.in(open))
        .hasMessageContaining("is not this user's alone (rwxrwxrwx");
  }

  /** A lab whose supervisor had this PID, but is not the process that has it now. */
  @Test
  void aDirectoryThatOthersMayReadIsMadePrivate() throws Exception {
    Path readable = Files.createDirectory(folder.resolve("readable"));
    Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxr-xr-x"));

    RunningLabs.in(readable);

    assertThat(Files.getPosixFilePermissions(readable))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void refusesALinkInTheWay() throws Exception {
    Path target = Files.createDirectory(folder.resolve("target"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);

    assertThatThrownBy(() -> RunningLabs.in(link))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not this user's alone");
    assertThat(target).isEmptyDirectory();
  }

  private void leaveDeadLab(String name) throws IOException {
    ProcessIdentity self = ProcessIdentity.current();
    Path lab = folder.resolve("warren").resolve(name);
    Files.createDirectories(lab.resolve("hosts"));
    Files.writeString(lab.resolve("hosts/old"), "pid=1");
    Files.writeString(
        lab.resolve("pid"), new ProcessIdentity(self.pid(), self.start() - 1).toString());
  }

  private List<Path> visible() throws IOException {
    try (var entries = Files.list(folder.resolve("warren"))) {
      return entries.filter(entry -> !entry.endsWith(".lock")).toList();
    }
  }
}
