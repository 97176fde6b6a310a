package dev.warren.lab.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
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
  @ValueSource(strings = {"", "{", "[]", "{\"hosts\": [{\"name\": 1}]}", "{\"lab\": \"demo\"}"})
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
    String self = ProcessIdentity.current().toString();
    String gone = self + "0";
    long pid = ProcessHandle.current().pid();
    old(start(".new-gone", gone));
    old(Files.createDirectory(runtime.resolve(".new-empty")));
    old(Files.createFile(runtime.resolve(".starting.4194305.abc123")));
    Path pipes = Files.createDirectory(runtime.resolve(".testenv.4194305.abc123"));
    Files.createFile(pipes.resolve("control"));
    old(pipes);
    List<Path> kept =
        List.of(
            start(".new-young", gone),
            old(start(".new-alive", self)),
            old(Files.createFile(runtime.resolve(".starting." + pid + ".abc123"))),
            old(Files.createDirectory(runtime.resolve(".testenv." + pid + ".abc123"))));

    labs.register("demo").close();

    assertThat(visible()).containsExactlyInAnyOrderElementsOf(kept);
  }

  private Path start(String name, String supervisor) throws IOException {
    Path entry = Files.createDirectory(folder.resolve("warren").resolve(name));
    Files.writeString(entry.resolve("pid"), supervisor);
    return entry;
  }

  private static Path old(Path entry) throws IOException {
    return Files.setLastModifiedTime(
        entry, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
  }

  @Test
  void refusesADirectoryThatOthersMayWrite() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> RunningLabs.in(open))
        .hasMessageContaining("is not this user's alone (rwxrwxrwx");
  }

  /** A lab whose supervisor had this PID, but is not the process that has it now. */
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
