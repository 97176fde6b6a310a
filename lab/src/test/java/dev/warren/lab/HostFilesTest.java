package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.description.BindDescription;
import dev.warren.lab.description.FileContent;
import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.Ownership;
import dev.warren.lab.description.PrivateDirectory;
import dev.warren.lab.description.UserDescription;
import dev.warren.linux.idmap.IdMap;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a host has on its file system that the machine has not. */
@Timeout(60)
class HostFilesTest {
  private static final UserDescription WWW =
      new UserDescription("www", 1080, 1081, "", "/srv/home/www", "/bin/sh");

  @TempDir Path folder;
  @TempDir Path state;

  @Test
  void aPrivateDirectoryStartsAsACopyOfAFolder() throws Exception {
    Path seed = folder.resolve("seed");
    write(seed.resolve("sub/file"), "seeded");
    Files.setAttribute(seed.resolve("sub/file"), "unix:mode", 0640);
    Files.createSymbolicLink(seed.resolve("link"), Path.of("sub/file"));

    try (Lab lab = start(host().privateDirectory(at("/srv").from(seed)))) {
      assertThat(
              ask(lab.host("a"), "cat /srv/link; stat -c %a%U /srv/sub/file; echo x > /srv/link"))
          .isEqualTo("seeded640root");
    }
    assertThat(seed.resolve("sub/file")).hasContent("seeded");
  }

  @Test
  void aPrivateDirectoryStartsAsTheContentOfATarFile() throws Exception {
    Path tar = folder.resolve("seed.tar.gz");
    tar(tar, "./top", "one", "sub/deep/file", "two");

    try (Lab lab = start(host().privateDirectory(at("/srv").from(tar)))) {
      assertThat(ask(lab.host("a"), "cat /srv/top /srv/sub/deep/file; stat -c %a /srv/top"))
          .isEqualTo("onetwo644");
    }
  }

  @Test
  void ownersInATarFileAreKeptWhereTheLabHasTheirIds() throws Exception {
    Path tar = folder.resolve("seed.tar.gz");
    tar(tar, "known", "");
    boolean mapped = IdMap.ofUsers().contains(1234) && IdMap.ofGroups().contains(1234);

    try (Lab lab = start(host().privateDirectory(at("/srv").from(tar)))) {
      assertThat(ask(lab.host("a"), "stat -c %u:%g /srv/known"))
          .isEqualTo(mapped ? "1234:1234" : "0:0");
    }
  }

  @Test
  void anEntryOfATarFileThatLeadsOutOfTheDirectoryIsRefused() throws Exception {
    Path tar = folder.resolve("seed.tar.gz");
    tar(tar, "../../etc/passwd", "evil");

    assertThatIOException()
        .isThrownBy(() -> start(host().privateDirectory(at("/srv").from(tar))).close())
        .withMessageContaining("fill /srv of host a out of " + tar)
        .withMessageContaining("leads out of it");
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void whatIsNoTarFileIsSaidToBeNone() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a tar, and long enough".repeat(99));

    assertThatIOException()
        .isThrownBy(() -> start(host().privateDirectory(at("/srv").from(file))).close())
        .withMessageContaining("unpack " + file);
  }

  @Test
  void aPrivateDirectoryHasTheModeAndTheOwnerThatItIsGiven() throws Exception {
    assumeTrue(IdMap.ofUsers().contains(1080), "one id only: there is nobody to give files to");
    Path seed = folder.resolve("seed");
    write(seed.resolve("file"), "seeded");
    PrivateDirectory directory =
        at("/srv").from(seed).withMode(0750).withOwnership(Ownership.of("www"));

    try (Lab lab = start(host().user(WWW).privateDirectory(directory))) {
      assertThat(ask(lab.host("a"), "stat -c %a:%u:%g /srv /srv/file"))
          .isEqualTo("750:1080:1081\n644:1080:1081");
    }
  }

  @Test
  void anOwnerWhoseIdTheLabDoesNotHaveIsAnErrorThatSaysSo() throws Exception {
    assumeTrue(!IdMap.ofUsers().contains(70000), "this lab has every id");

    assertThatIOException()
        .isThrownBy(
            () ->
                start(host().privateDirectory(at("/srv").withOwnership(Ownership.of("70000"))))
                    .close())
        .withMessageContaining("give host a its own /srv: this lab does not have uid 70000, only ")
        .withMessageContaining("/etc/subuid");
  }

  @Test
  void anOwnerThatTheHostDoesNotKnowIsAnError() {
    assertThatIOException()
        .isThrownBy(
            () ->
                start(host().privateDirectory(at("/srv").withOwnership(Ownership.of("nobodys"))))
                    .close())
        .withMessage("give host a its own /srv: the host has no user nobodys");
  }

  @Test
  void aPrivateDirectoryHoldsNoMoreThanItsSize() throws Exception {
    try (Lab lab = start(host().privateDirectory(at("/srv").withSize(1 << 20)))) {
      assertThat(ask(lab.host("a"), "head -c 2M /dev/zero 2>&1 > /srv/big || stat -c %s /srv/big"))
          .contains("No space left on device");
      assertThat(ask(lab.host("a"), "stat -c %s /srv/big")).isEqualTo("1048576");
    }
  }

  @Test
  void aBindIsToBeReadUnlessItMayBeWritten() throws Exception {
    Path read = folder.resolve("read");
    Path write = folder.resolve("write");
    write(read.resolve("file"), "text");
    write(write.resolve("file"), "text");
    HostBuilder host =
        host()
            .privateDirectory(Path.of("/srv"))
            .bind(new BindDescription(Path.of("/srv/read"), read, false))
            .bind(new BindDescription(Path.of("/srv/write"), write, true));

    try (Lab lab = start(host)) {
      assertThat(ask(lab.host("a"), "cat /srv/read/file; echo x 2>&1 > /srv/read/file || true"))
          .contains("text");
      ask(lab.host("a"), "echo changed > /srv/write/file");
    }
    assertThat(read.resolve("file")).hasContent("text");
    assertThat(write.resolve("file")).hasContent("changed");
  }

  @Test
  void aBindLiesWhereTheMachineHasNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "text");
    Path target = Path.of("/usr/share/warren-test-of-binds/file");

    try (Lab lab = start(host().bind(new BindDescription(target, file, false)))) {
      assertThat(ask(lab.host("a"), "cat " + target)).isEqualTo("text");
    }
    assertThat(target).doesNotExist();
  }

  @Test
  void aFileIsACopyOfOneOfTheMachine() throws Exception {
    Path source = folder.resolve("source");
    Files.write(source, new byte[] {'a', 0, (byte) 0xff});
    FileDescription file =
        new FileDescription(
            Path.of("/etc/copy"), 0600, new FileContent.Copy(source), Ownership.UNSAID);

    try (Lab lab = start(host().file(file))) {
      assertThat(ask(lab.host("a"), "od -An -tx1 /etc/copy; stat -c %a /etc/copy"))
          .isEqualTo("61 00 ff\n600");
    }
  }

  @Test
  void aFileOfAUserIsNotForOthers() throws Exception {
    assumeTrue(IdMap.ofUsers().contains(1080), "one id only: there is nobody else");
    FileDescription file =
        new FileDescription(
            Path.of("/etc/secret"), 0600, new FileContent.Text("mine"), Ownership.of("www"));

    try (Lab lab = start(host().user(WWW).file(file))) {
      String as = "setpriv --clear-groups --regid 1081 --reuid ";
      assertThat(ask(lab.host("a"), as + "1080 cat /etc/secret")).isEqualTo("mine");
      assertThat(ask(lab.host("a"), as + "1081 cat /etc/secret 2>&1 || true"))
          .contains("Permission denied");
    }
  }

  @Test
  void aTemplateKnowsTheHostTheLabAndTheOthersAddresses() throws Exception {
    String text =
        """
        {{host.name}} {{host.fqdn}} {{host.ipv4}} of {{lab.name}} on {{networks.lan.ipv4}}
        {{#lab.hosts}}{{name}}={{address}} {{/lab.hosts}}
        db=<{{hosts.db.ipv4}}>
        """;
    FileDescription file =
        new FileDescription(
            Path.of("/etc/conf"), 0644, new FileContent.Template(text), Ownership.UNSAID);
    LabDescription description =
        LabDescription.builder("templates")
            .network("lan", "10.9.0.0/24")
            .host(HostDescription.named("a").domain("example.test").on("lan", 1).file(file))
            .host(HostDescription.named("db").on("lan", 40))
            .build();

    try (Lab lab = Lab.start(description, LabSettings.in(state))) {
      assertThat(ask(lab.host("a"), "tr '\\n' ' ' < /etc/conf"))
          .isEqualTo(
              "a a.example.test 10.9.0.1 of templates on 10.9.0.0/24"
                  + " root=10.9.0.11 a=10.9.0.1 db=10.9.0.40  db=<10.9.0.40>");
    }
  }

  @Test
  void theDevicesOfTheMachineAreNotThere() throws Exception {
    try (Lab lab = start(host())) {
      assertThat(ask(lab.host("a"), "ls /dev | grep -v net").split("\n"))
          .containsExactlyInAnyOrder(
              "fd", "full", "null", "ptmx", "pts", "random", "shm", "stderr", "stdin", "stdout",
              "tty", "urandom", "zero");
      assertThat(ask(lab.host("a"), "echo x > /dev/null; head -c 3 /dev/zero | od -An -tx1"))
          .isEqualTo("00 00 00");
    }
  }

  @Test
  void terminalsOfAHostAreItsOwn() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script makes the terminal");
    try (Lab lab = start(host())) {
      assertThat(ask(lab.host("a"), "script -qec 'tty; test -w $(tty) && echo mine' /dev/null"))
          .isEqualTo("/dev/pts/0\r\nmine");
      assertThat(ask(lab.root(), "ls /dev/pts")).isEqualTo("ptmx");
    }
  }

  @Test
  void aHomeInAPrivateDirectoryIsMadeForItsUser() throws Exception {
    assumeTrue(IdMap.ofUsers().contains(1080), "one id only: there is nobody to give homes to");
    try (Lab lab = start(host().user(WWW).privateDirectory(Path.of("/srv")))) {
      assertThat(ask(lab.host("a"), "stat -c %a:%u:%g /srv/home/www")).isEqualTo("700:1080:1081");
    }
  }

  private static PrivateDirectory at(String path) {
    return PrivateDirectory.at(Path.of(path));
  }

  private static HostBuilder host() {
    return HostDescription.named("a").on("lan");
  }

  private Lab start(HostBuilder host) throws IOException {
    return Lab.start(
        LabDescription.builder("files").network("lan", "10.9.0.0/24").host(host).build(),
        LabSettings.in(state));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(file));
    Files.writeString(file, text);
  }

  /** Pairs of a name and a text; everything belongs to 1234. */
  private static void tar(Path file, String... entries) throws IOException {
    try (OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(file));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        TarArchiveEntry entry = new TarArchiveEntry(entries[i]);
        entry.setSize(entries[i + 1].length());
        entry.setIds(1234, 1234);
        tar.putArchiveEntry(entry);
        tar.write(entries[i + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
    }
  }
}
