package dev.warren.lab.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.lab.cgroup.Hierarchies.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where cgroups of version 2 are made, in folders that look like the kernel's. */
class ParentsTest {
  @TempDir Path top;
  private Path session;
  private Remover remover;

  @AfterEach
  void end() {
    remover.close();
  }

  @BeforeEach
  void make() throws IOException {
    remover = Remover.watch();
    session = Files.createDirectory(top.resolve("session"));
    for (Path cgroup : List.of(top, session)) {
      Files.writeString(cgroup.resolve("cgroup.controllers"), "cpu memory pids\n");
      Files.writeString(cgroup.resolve("cgroup.subtree_control"), "\n");
      Files.writeString(cgroup.resolve("cgroup.procs"), "7\n");
    }
    Files.writeString(session.resolve("cgroup.type"), "domain\n");
  }

  @Test
  void aCgroupWithProcessesIsPassedOverForTheRootAboveIt() throws IOException {
    assertThat(parents().make("warren-1-a")).isEqualTo(top.resolve("warren-1-a")).isDirectory();
    assertThat(session.resolve("cgroup.subtree_control")).hasContent("\n");
    assertThat(top.resolve("cgroup.subtree_control")).hasContent("+pids");
  }

  @Test
  void anEmptyOneIsTheNearest() throws IOException {
    Files.writeString(session.resolve("cgroup.procs"), "");

    assertThat(parents().make("warren-1-a")).isEqualTo(session.resolve("warren-1-a"));
  }

  @Test
  void whoHasNoPlaceIsToldWhyAndWhatHelps() throws IOException {
    Files.writeString(top.resolve("cgroup.type"), "domain\n");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> parents().make("warren-1-a"))
        .withMessageContainingAll(
            "cannot limit pids: ",
            session + " has processes of its own, " + top + " has processes of its own; ",
            "systemd-run --user --scope");
  }

  private Parents parents() {
    return new Parents(new Place(top, session, true), List.of(Controller.PIDS), remover);
  }
}
