package dev.warren.selftest.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the domain of a backup is, and what is no backup. */
class DomainBackupTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"etc/smb.conf", "./etc/smb.conf"})
  void tellsTheDomainOfOnlineAndOfflineBackups(String name) throws Exception {
    Path file =
        BackupFiles.write(
            folder.resolve("samba-backup.tar.bz2"),
            name,
            """
            # Global parameters
            [global]
            \tRealm = prod.Example.com
              work group=PROD
              ; realm = other.example.com
            [sysvol]
              realm = not.this
              path = /srv
            """);

    DomainBackup backup = DomainBackup.read(file);

    assertThat(backup.file()).isEqualTo(file);
    assertThat(backup.domain()).isEqualTo("PROD");
    assertThat(backup.realm()).isEqualTo("PROD.EXAMPLE.COM");
    assertThat(backup.dnsName()).isEqualTo("prod.example.com");
    assertThat(backup.baseDn()).isEqualTo("DC=prod,DC=example,DC=com");
  }

  @Test
  void readsWhatSambaWritesAfterARestore() throws Exception {
    String text = "[globals]\n\tworkgroup = \"LAB\"\n\trealm = LAB.EXAMPLE\n";
    DomainBackup backup =
        DomainBackup.read(BackupFiles.write(folder.resolve("b"), "etc/smb.conf", text));
    assertThat(backup.domain() + " " + backup.realm()).isEqualTo("LAB LAB.EXAMPLE");
  }

  @Test
  void saysWhenThereIsNoFile() {
    refuses(folder.resolve("none"), "there is no file " + folder.resolve("none"));
    refuses(folder, folder + " is no backup of a domain: it is a folder");
  }

  @ParameterizedTest
  @CsvSource({
    "etc/krb5.conf, x, there is no etc/smb.conf in it",
    "old/etc/smb.conf, x, there is no etc/smb.conf in it",
    "etc/smb.conf, workgroup=A, its etc/smb.conf has no \"realm\"",
    "etc/smb.conf, realm=A, its etc/smb.conf has no \"workgroup\"",
    "etc/smb.conf, realm=a b, its etc/smb.conf has no \"workgroup\""
  })
  void saysWhatAnotherArchiveLacks(String name, String text, String reason) throws IOException {
    refuses(BackupFiles.write(folder.resolve("b.tar.bz2"), name, text), reason);
  }

  @Test
  void takesNoRealmThatIsNoName() throws IOException {
    String text = "workgroup = A\nrealm = a b\n";
    refuses(
        BackupFiles.write(folder.resolve("b"), "etc/smb.conf", text),
        "its etc/smb.conf has \"realm = a b\"");
  }

  @Test
  void saysWhenItIsNoArchiveOrNotAWholeOne() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "BZ");
    refuses(text, "it is not compressed by bzip2");
    Path whole = BackupFiles.write(folder.resolve("b"), "etc/smb.conf", "x".repeat(100_000));
    byte[] bytes = Files.readAllBytes(whole);
    Path half = Files.write(folder.resolve("half"), Arrays.copyOf(bytes, bytes.length / 2));
    refuses(half, "it is damaged: ");
  }

  private static void refuses(Path file, String reason) {
    assertThatThrownBy(() -> DomainBackup.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
  }
}
