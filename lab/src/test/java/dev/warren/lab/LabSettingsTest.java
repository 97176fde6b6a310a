package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.GroupDescription;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.UserDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a lab takes from the machine, and what a description adds to a host. */
@Timeout(60)
class LabSettingsTest {
  @TempDir Path folder;
  @TempDir Path state;

  @Test
  void softwareIsLaidOverUsrAndEtcInTheHostsOnly() throws Exception {
    Path layer = folder.resolve("layer");
    write(layer.resolve("usr/bin/greet"), "#!/bin/sh\necho hello from the layer\n");
    Files.setAttribute(layer.resolve("usr/bin/greet"), "unix:mode", 0755);
    write(layer.resolve("etc/greet.conf"), "layered");

    try (Lab lab = start(host("a"), LabSettings.in(state).withSoftwareLayers(List.of(layer)))) {
      assertThat(ask(lab.host("a"), "greet; cat /etc/greet.conf"))
          .isEqualTo("hello from the layer\nlayered");
      assertThat(ask(lab.host("a"), "ls /usr/bin/env")).isEqualTo("/usr/bin/env");
    }
    assertThat(Path.of("/usr/bin/greet")).doesNotExist();
  }

  @Test
  void theSharedDirectoryIsOneForAllHosts() throws Exception {
    LabSettings settings = LabSettings.in(state).withSharedDirectory(Path.of("/run/warren/st"));
    try (Lab lab = start(host("a"), settings)) {
      ask(lab.host("a"), "echo from a > /run/warren/st/note");

      assertThat(ask(lab.root(), "cat /run/warren/st/note")).isEqualTo("from a");
    }
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void aFolderOfTheMachineIsShownToBeReadOnly() throws Exception {
    write(folder.resolve("data/file"), "text");
    LabSettings settings =
        LabSettings.in(state)
            .withReadOnlyBinds(Map.of(Path.of("/run/warren/data"), folder.resolve("data")));
    try (Lab lab = start(host("a"), settings)) {
      assertThat(ask(lab.host("a"), "cat /run/warren/data/file")).isEqualTo("text");
      assertThat(ask(lab.host("a"), "touch /run/warren/data/x 2>&1 || true"))
          .contains("Read-only file system");
    }
  }

  @Test
  void aPrivateDirectoryIsMadeWhereTheMachineHasNone() throws Exception {
    Path target = Path.of("/var/lib/warren-test-of-private-directories/deep");
    try (Lab lab = start(host("a").privateDirectory(target), LabSettings.in(state))) {
      assertThat(ask(lab.host("a"), "cd " + target + " && touch file && ls")).isEqualTo("file");
      assertThat(ask(lab.host("a"), "ls /var/lib/dpkg/status")).isNotEmpty();
    }
    assertThat(target).doesNotExist();
  }

  @Test
  void aPrivateDirectoryRightBelowTheRootIsRefusedWithTheReason() {
    Path target = Path.of("/warren-test-of-private-directories");

    assertThatIOException()
        .isThrownBy(() -> start(host("a").privateDirectory(target), LabSettings.in(state)).close())
        .withMessageContaining("make room in host a")
        .withMessageContaining(target.toString())
        .withMessageContaining("/ is the machine's");
  }

  @Test
  void aNewPrivateDirectoryDoesNotHideTheOthersNextToIt() throws Exception {
    Path known = Path.of("/var/lib/dpkg");
    Path added = Path.of("/var/lib/warren-test-of-private-directories");
    try (Lab lab =
        start(host("a").privateDirectory(known).privateDirectory(added), LabSettings.in(state))) {
      assertThat(ask(lab.host("a"), "ls " + known + " " + added))
          .isEqualTo(known + ":\n\n" + added + ":");
    }
  }

  @Test
  void aFileInAFolderOfTheMachineIsWrittenInTheHostOnly() throws Exception {
    Path path = Path.of("/usr/share/warren-test-of-files/note");
    try (Lab lab =
        start(host("a").file(new FileDescription(path, 0644, "mine")), LabSettings.in(state))) {
      assertThat(ask(lab.host("a"), "cat " + path)).isEqualTo("mine");
      assertThat(ask(lab.root(), "ls " + path + " 2>&1 || true")).contains("No such file");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void theMachinesFilesAreToBeReadOnly() throws Exception {
    Path place = Files.createDirectory(folder.resolve("place"));
    try (Lab lab = start(host("a"), LabSettings.in(state))) {
      assertThat(ask(lab.host("a"), "touch /usr/bin/x /opt/x /var/x " + place + "/x 2>&1 || true"))
          .doesNotContain("Permission denied")
          .contains("Read-only file system");
    }
    assertThat(place).isEmptyDirectory();
  }

  @Test
  void filesOfTheDescriptionAreWritten() throws Exception {
    FileDescription file = new FileDescription(Path.of("/etc/greeting/conf"), 0640, "hello\n");
    try (Lab lab = start(host("a").file(file), LabSettings.in(state))) {
      assertThat(ask(lab.host("a"), "cat /etc/greeting/conf; stat -c %a /etc/greeting/conf"))
          .isEqualTo("hello\n640");
    }
    assertThat(Path.of("/etc/greeting")).doesNotExist();
  }

  @Test
  void aFileOfTheDescriptionReplacesTheMachinesOwn() throws Exception {
    FileDescription file = new FileDescription(Path.of("/etc/passwd"), 0644, "root:x:0:0:::\n");
    try (Lab lab = start(host("a").file(file), LabSettings.in(state))) {
      assertThat(ask(lab.host("a"), "cat /etc/passwd")).isEqualTo("root:x:0:0:::");
    }
  }

  @Test
  void usersAndGroupsOfTheDescriptionAreKnownInside() throws Exception {
    HostDescription host =
        host("a")
            .user(new UserDescription("rabbit", 1234, 1234, "A rabbit", "/srv", "/bin/sh"))
            .group(new GroupDescription("rabbits", 1234, List.of("rabbit")))
            .build();
    try (Lab lab = start(host, LabSettings.in(state))) {
      assertThat(ask(lab.host("a"), "getent passwd rabbit; getent group rabbits; id -un"))
          .isEqualTo("rabbit:x:1234:1234:A rabbit:/srv:/bin/sh\nrabbits:x:1234:rabbit\nroot");
    }
  }

  private static dev.warren.lab.description.HostBuilder host(String name) {
    return HostDescription.named(name).on("lan");
  }

  private static Lab start(dev.warren.lab.description.HostBuilder host, LabSettings settings)
      throws IOException {
    return start(host.build(), settings);
  }

  private static Lab start(HostDescription host, LabSettings settings) throws IOException {
    LabDescription description =
        LabDescription.builder("settings").network("lan", "10.9.0.0/24").host(host).build();
    return Lab.start(description, settings);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
