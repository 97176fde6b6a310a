package dev.warren.selftest.backup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * A file that {@code samba-tool domain backup} wrote: a tar archive, compressed by bzip2, with the
 * domain's smb.conf in {@code etc/}.
 *
 * @param file absolute
 * @param domain the domain's NetBIOS name
 * @param realm its realm, in capital letters
 */
public record DomainBackup(Path file, String domain, String realm) {
  /** With a point before it where the server was running, without where it was not. */
  private static final Pattern SMB_CONF = Pattern.compile("(\\./)?etc/smb\\.conf");

  /** More than any smb.conf has. */
  private static final int LIMIT = 1 << 22;

  /** As long as names in NetBIOS are, RFC 1001, 14.1. */
  private static final Pattern DOMAIN = Pattern.compile("[^\\s\\p{Cntrl}\\\\/:*?\"<>|$]{1,15}");

  /** Labels, and few enough for names below it, RFC 2181, 11. */
  private static final Pattern REALM =
      Pattern.compile("(?=.{1,200}$)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63}){0,30}");

  /**
   * Reads who the domain is.
   *
   * @throws IOException when the file cannot be read or is no such backup; the message is for the
   *     user and names the file
   */
  public static DomainBackup read(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      throw no(absolute, "it is a folder");
    }
    try (InputStream input = Files.newInputStream(absolute)) {
      return read(absolute, input);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + absolute, e);
    } catch (AccessDeniedException e) {
      throw new IOException("the file %s may not be read".formatted(absolute), e);
    }
  }

  /** Reads the content of a file, as far as it must. */
  static DomainBackup read(Path file, InputStream content) throws IOException {
    Map<String, String> settings = globals(smbConf(file, content));
    return new DomainBackup(
        file,
        setting(file, settings, "workgroup", DOMAIN),
        setting(file, settings, "realm", REALM).toUpperCase(Locale.ROOT));
  }

  /** The domain's name in DNS. */
  public String dnsName() {
    return realm.toLowerCase(Locale.ROOT);
  }

  /** The distinguished name under which the domain's objects are. */
  public String baseDn() {
    return Arrays.stream(dnsName().split("\\."))
        .map(label -> "DC=" + label)
        .collect(Collectors.joining(","));
  }

  private static String smbConf(Path file, InputStream content) throws IOException {
    BufferedInputStream input = new BufferedInputStream(content, 1 << 16);
    input.mark(3);
    if (!new String(input.readNBytes(3), StandardCharsets.ISO_8859_1).equals("BZh")) {
      throw no(file, "it is not compressed by bzip2");
    }
    input.reset();
    try {
      TarArchiveInputStream archive =
          new TarArchiveInputStream(new BZip2CompressorInputStream(input, true));
      for (TarArchiveEntry entry = archive.getNextEntry();
          entry != null;
          entry = archive.getNextEntry()) {
        if (entry.isFile() && SMB_CONF.matcher(entry.getName()).matches()) {
          return new String(archive.readNBytes(LIMIT), StandardCharsets.UTF_8);
        }
      }
    } catch (IOException e) {
      throw no(file, "it is damaged: " + e.getMessage());
    }
    throw no(file, "there is no etc/smb.conf in it");
  }

  /** The section [global], or [globals], of an smb.conf: names in small letters without blanks. */
  private static Map<String, String> globals(String text) {
    Map<String, String> settings = new HashMap<>();
    boolean global = true;
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith("[")) {
        global = line.matches("(?i)\\[\\s*globals?\\s*\\].*");
      } else if (global && !line.startsWith("#") && !line.startsWith(";") && line.contains("=")) {
        int mark = line.indexOf('=');
        String name = line.substring(0, mark).replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        settings.put(name, line.substring(mark + 1).strip().replaceAll("^\"|\"$", ""));
      }
    }
    return settings;
  }

  private static String setting(Path file, Map<String, String> settings, String name, Pattern form)
      throws IOException {
    String value = settings.getOrDefault(name, "");
    if (!form.matcher(value).matches()) {
      throw no(
          file,
          value.isEmpty()
              ? "its etc/smb.conf has no \"%s\"".formatted(name)
              : "its etc/smb.conf has \"%s = %s\"".formatted(name, value));
    }
    return value;
  }

  private static IOException no(Path file, String reason) {
    return new IOException(
        "%s is no backup of a domain: %s; `samba-tool domain backup` makes one"
            .formatted(file, reason));
  }
}
