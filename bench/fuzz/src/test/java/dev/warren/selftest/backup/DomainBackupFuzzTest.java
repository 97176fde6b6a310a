package dev.warren.selftest.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;

/** Backups of domains, damaged before and after they were compressed: a domain, or a refusal. */
class DomainBackupFuzzTest {
  private static final Path FILE = Path.of("/backup");

  @Test
  void backups() throws Exception {
    byte[] archive = archive();
    byte[] good = compressed(archive);
    Fuzz.check(
        "domain backup",
        10,
        random ->
            random.nextInt(4) == 0
                ? Damage.bytes(random, good, List.of(archive))
                : compressed(Damage.bytes(random, archive, List.of(good))),
        bytes -> {
          DomainBackup read;
          try {
            read = DomainBackup.read(FILE, new ByteArrayInputStream(bytes));
          } catch (IOException refused) {
            assertThat(refused.getMessage()).startsWith("/backup is no backup of a domain: ");
            return Outcome.REJECTED;
          }
          assertThat(read.domain()).isNotBlank();
          assertThat(read.realm() + read.dnsName()).matches("[A-Za-z0-9_.-]+");
          assertThat(read.baseDn()).startsWith("DC=");
          return Outcome.ACCEPTED;
        });
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      add(tar, "./backup.txt", "Backup for domain PROD");
      add(tar, "./etc/smb.conf", "[global]\n workgroup = PROD\n realm = PROD.EXAMPLE.COM\n");
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static byte[] compressed(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(bytes, 1)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
