package dev.warren.selftest.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.software.SoftwareVersions;
import dev.warren.linux.idmap.IdMap;
import dev.warren.selftest.backup.DomainBackup;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes a snapshot fit, and what makes it another one. */
class SnapshotKeysTest {
  private static final IdMap ROOT = new IdMap(List.of(new IdMap.Range(0, 0, 0xffffffffL)));
  private static final IdMap USER =
      new IdMap(List.of(new IdMap.Range(0, 1000, 1), new IdMap.Range(1, 100000, 65535)));

  @TempDir Path folder;

  @BeforeEach
  void writeACatalogue() throws IOException {
    write(
        "catalogue.yaml",
        """
        summary: For keys
        client: {name: client, interfaces: [11], files: [{path: /etc/a, text: "client's"}]}
        network: {name: net, ipv4: 10.1.2.0/24}
        suite-folder: tree
        """);
    write(
        "base.yaml",
        """
        summary: What they have in common
        abstract: true
        provision: [{step: prepare, run: bash "$CATALOGUE"/files/prepare.sh}]
        """);
    write("hub.yaml", "{summary: Needed, extends: base, host: {name: hub, interface: 30}}");
    write(
        "server.yaml",
        """
        summary: A server
        extends: base
        needs: [hub]
        host: {name: server, interface: 31, private: [/srv]}
        variables: {GREETING: hello}
        files: [{path: conf, text: "say ${GREETING}"}]
        """);
    write("other.yaml", "{summary: Not needed, extends: base, host: {name: other, interface: 32}}");
    write("files/prepare.sh", "touch prepared");
    write("plans/all.plan", "-- TEST --\na\nserver\ntrue\n");
    write("suites/a.sh", "true");
    write("tree/bin/a", "true");
    write("README.md", "For people");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          server.yaml      | GREETING: hello       | GREETING: hallo      | testenv server
          server.yaml      | say ${GREETING}       | say: ${GREETING}     | testenv server
          server.yaml      | interface: 31         | interface: 33        | testenv server
          server.yaml      | private: [/srv]       | private: [/opt]      | testenv server
          hub.yaml         | name: hub             | name: hob            | testenv hub
          base.yaml        | step: prepare         | step: prepared       | testenv hub,testenv server
          catalogue.yaml   | client's              | the client's         | client
          catalogue.yaml   | 10.1.2.0/24           | 10.1.3.0/24          | network
          files/prepare.sh | touch prepared        | touch it             | file files/prepare.sh
          """)
  void changesWithEachPartOfTheCatalogueAndSaysWhich(
      String file, String from, String to, String parts) throws Exception {
    SnapshotKey before = key(ROOT);
    write(file, Files.readString(folder.resolve(file)).replace(from, to));
    SnapshotKey after = key(ROOT);
    assertThat(after.changesSince(before)).containsExactly(parts.split(","));
    assertThat(after.name()).isNotEqualTo(before.name()).startsWith("server-");
  }

  @Test
  void changesWithTheBuildTree() throws Exception {
    write(
        "catalogue.yaml",
        Files.readString(folder.resolve("catalogue.yaml")) + "build-tree: {content: [bin]}\n");
    write("tree/bin/server", "old");
    SnapshotKey packages = key(ROOT);
    SnapshotKey before = keyOfTree();
    assertThat(before.changesSince(packages)).containsExactly("build tree");

    write("tree/bin/server", "another");
    assertThat(keyOfTree().changesSince(before)).containsExactly("build tree");
  }

  @Test
  void changesWithAFileThatComesOrGoesOrBecomesAProgram() throws Exception {
    SnapshotKey before = key(ROOT);
    Files.setPosixFilePermissions(
        folder.resolve("files/prepare.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(key(ROOT).changesSince(before)).containsExactly("file files/prepare.sh");
    write("files/more", "");
    assertThat(key(ROOT).changesSince(before)).contains("file files/more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plans/all.plan",
        "suites/a.sh",
        "tree/bin/a",
        "README.md",
        "other.yaml",
        "mine.plan",
        "st/summary",
        "files/.hidden",
        "files/__pycache__/a.pyc"
      })
  void staysTheSameWhenWhatNoSetUpUsesChanges(String file) throws Exception {
    SnapshotKey before = key(ROOT);
    write(
        file,
        file.equals("other.yaml")
            ? "{summary: Other, extends: base, host: {name: another, interface: 34}}"
            : "changed");
    assertThat(key(ROOT)).isEqualTo(before);
  }

  @Test
  void staysTheSameWhenADefinitionIsWrittenInAnotherWay() throws Exception {
    SnapshotKey before = key(ROOT);
    write(
        "server.yaml",
        """
        # A comment, and another order.
        extends: base
        summary: A server, in other words
        files:
          - text: "say ${GREETING}"
            path: conf
        host:
          interface: 31
          name: server
          private:
            - /srv
        variables:
          GREETING: "hello"
        needs: [hub]
        """);
    assertThat(key(ROOT)).isEqualTo(before);
  }

  @Test
  void changesWithTheIdsThatHostsHave() throws Exception {
    assertThat(key(USER).changesSince(key(ROOT))).containsExactly("user ids");
  }

  @Test
  void changesWithThePackagesOfTheLayer(@TempDir Path layer) throws Exception {
    SnapshotKey before = key(ROOT);
    Files.writeString(layer.resolve("packages"), "samba_2%3a4.17.12_amd64.deb\n");
    SnapshotKey first = key(ROOT, Optional.of(layer));
    assertThat(first.parts()).containsEntry("package samba", "2:4.17.12");
    assertThat(first.changesSince(before)).containsExactly("machine's packages", "package samba");
    Files.writeString(layer.resolve("packages"), "samba_2%3a4.17.13_amd64.deb\n");
    assertThat(key(ROOT, Optional.of(layer)).changesSince(first)).containsExactly("package samba");
  }

  @Test
  void changesWithTheBackupOfWhichItIsMade(@TempDir Path backups) throws Exception {
    Path file = backups.resolve("b.tar.bz2");
    Optional<DomainBackup> backup = Optional.of(new DomainBackup(file, "A", "A.TEST"));
    Files.writeString(file, "one");
    assertThat(key(backup)).isEqualTo(key(ROOT));
    write(
        "hub.yaml",
        Files.readString(folder.resolve("hub.yaml"))
            .replace("{summary", "{from-backup: true, summary"));
    SnapshotKey first = key(backup);
    Files.writeString(file, "two");
    assertThat(key(backup).changesSince(first)).containsExactly("backup");
  }

  @Test
  void isNotToBeHadOfSoftwareWhoseVersionNobodyKnows() throws Exception {
    write(
        "hub.yaml",
        "{summary: x, extends: base, software: {packages: [no-such-thing]},"
            + " host: {name: hub, interface: 30}}");
    assertThat(keys(ROOT, Optional.empty()).key("server")).isEmpty();
  }

  @Test
  void tellsATestenvFromOneThatItNeeds() throws Exception {
    SnapshotKey hub = keys(ROOT, Optional.empty()).key("hub").orElseThrow();
    assertThat(key(ROOT).changesSince(hub)).containsExactly("testenv server");
  }

  private SnapshotKey key(IdMap ids) throws Exception {
    return key(ids, Optional.empty());
  }

  private SnapshotKey key(IdMap ids, Optional<Path> layer) throws Exception {
    return keys(ids, layer).key("server").orElseThrow();
  }

  private SnapshotKeys keys(IdMap ids, Optional<Path> layer) throws Exception {
    return keys(ids, layer, Optional.empty());
  }

  private SnapshotKeys keys(IdMap ids, Optional<Path> layer, Optional<DomainBackup> backup)
      throws Exception {
    Catalogue catalogue = CatalogueReader.read(folder);
    return SnapshotKeys.of(
        catalogue, SoftwareVersions.read(layer), ids, folder.resolve("st"), backup);
  }

  private SnapshotKey key(Optional<DomainBackup> backup) throws Exception {
    return keys(ROOT, Optional.empty(), backup).key("server").orElseThrow();
  }

  private SnapshotKey keyOfTree() throws Exception {
    return SnapshotKeys.of(
            CatalogueReader.read(folder, Optional.of(folder.resolve("tree"))),
            SoftwareVersions.read(Optional.empty()),
            ROOT,
            folder.resolve("st"),
            Optional.empty())
        .key("server")
        .orElseThrow();
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
  }
}
