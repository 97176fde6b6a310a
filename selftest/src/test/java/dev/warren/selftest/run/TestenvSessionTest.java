package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.process.HostCommand;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.backup.BackupFiles;
import dev.warren.selftest.backup.DomainBackup;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A testenv in which somebody works, in namespaces: what is captured, and what it sees. */
@Timeout(120)
class TestenvSessionTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeCatalogue() throws IOException {
    Path catalogue = Files.createDirectory(folder.resolve("catalogue"));
    Files.writeString(
        catalogue.resolve("catalogue.yaml"),
        "summary: For tests\nclient: {name: client, interfaces: [11]}\n");
    Files.writeString(
        catalogue.resolve("quiet.yaml"),
        "summary: A testenv\nhost: {name: quiet, interface: 30}\n");
  }

  @Test
  void capturesTheSetUpAndWhatIsSentThen() throws Exception {
    try (TestenvSession session = open(CaptureChoice.ALL)) {
      send(session, "in the session");
      assertThat(session.endCapture(false)).contains(Path.of("captures/quiet.pcapng"));
    }
    assertThat(captures()).containsExactly("env-quiet-setup.pcapng", "quiet.pcapng");
    assertThat(folder.resolve("st/captures/quiet.pcapng"))
        .binaryContent()
        .asString(StandardCharsets.ISO_8859_1)
        .contains("in the session");
  }

  @Test
  void keepsTheCaptureOfWhatFailed() throws Exception {
    try (TestenvSession session = open(CaptureChoice.FAILED)) {
      assertThat(session.endCapture(true)).contains(Path.of("captures/quiet.pcapng"));
    }
    assertThat(captures()).containsExactly("quiet.pcapng");
  }

  @Test
  void keepsNoCaptureOfWhatWentWell() throws Exception {
    try (TestenvSession session = open(CaptureChoice.FAILED)) {
      assertThat(session.endCapture(false)).isEmpty();
    }
    assertThat(captures()).isEmpty();
  }

  @Test
  void capturesNothingUnlessAsked() throws Exception {
    try (TestenvSession session = open(CaptureChoice.NONE)) {
      assertThat(session.endCapture(true)).isEmpty();
    }
    assertThat(folder.resolve("st/captures")).doesNotExist();
  }

  @Test
  void takesStepsInTheHostOfANeed() throws Exception {
    Files.writeString(
        folder.resolve("catalogue/loud.yaml"),
        """
        summary: Another
        needs: [quiet]
        host: {name: loud, interface: 31}
        provision:
          - {step: there, in: quiet, run: 'hostname > there; echo "$PWD" >> there'}
          - {step: here, run: hostname > here}
        exports: {THERE: {run: cat there}, HERE: {run: cat here}}
        """);

    try (TestenvSession session = open("loud", CaptureChoice.NONE)) {
      assertThat(session.exports())
          .containsEntry("THERE", "quiet\n/run/warren/st/loud")
          .containsEntry("HERE", "loud");
    }
  }

  /** And the domain's zone leads to its host. */
  @Test
  void aTestenvSeesTheBackupOfWhichItIsMade() throws Exception {
    Path file =
        BackupFiles.write(
            folder.resolve("b.tar.bz2"), "etc/smb.conf", "workgroup=PROD\nrealm=prod.test\n");
    Files.writeString(
        folder.resolve("catalogue/quiet.yaml"),
        """
        summary: A testenv
        from-backup: true
        host: {name: quiet, interface: 30}
        zones: ["${BACKUP_DNSNAME}"]
        variables: {BASE: "${BACKUP_BASEDN}"}
        provision:
          - {step: read it, run: 'tar --extract --bzip2 --to-stdout --file "$BACKUP_FILE" etc/smb.conf | grep PROD'}
          - {step: write it, run: '! (echo x >> "$BACKUP_FILE")'}
        exports: {DOMAIN: "${BACKUP_DOMAIN}", REALM: "${BACKUP_REALM}", BASEDN: "${BASE}"}
        """);
    LabOptions options =
        options(CaptureChoice.NONE).withBackup(Optional.of(DomainBackup.read(file)));
    try (TestenvSession session =
        TestenvSession.open(options, TestenvChoice.parse("quiet").orElseThrow(), _ -> {})) {
      assertThat(session.exports())
          .containsEntry("DOMAIN", "PROD")
          .containsEntry("REALM", "PROD.TEST")
          .containsEntry("BASEDN", "DC=prod,DC=test");
    }
  }

  private TestenvSession open(CaptureChoice captures) throws Exception {
    return open("quiet", captures);
  }

  private TestenvSession open(String testenv, CaptureChoice captures) throws Exception {
    return TestenvSession.open(
        options(captures), TestenvChoice.parse(testenv).orElseThrow(), _ -> {});
  }

  private LabOptions options(CaptureChoice captures) throws Exception {
    return LabOptions.of(
            CatalogueReader.read(folder.resolve("catalogue")),
            folder.resolve("st"),
            folder.resolve("cache"),
            LabOpener.below(folder.resolve("labs")))
        .withSoftware(SoftwareChoice.INSTALLED)
        .withWatch(new Watch(captures, Duration.ofSeconds(60), Optional.empty()));
  }

  private static void send(TestenvSession session, String text) throws Exception {
    Process sender =
        session
            .host()
            .start(HostCommand.of("bash", "-c", "echo '" + text + "' >/dev/udp/10.53.57.30/7"));
    assertThat(sender.waitFor()).isZero();
  }

  private List<String> captures() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("st/captures"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
