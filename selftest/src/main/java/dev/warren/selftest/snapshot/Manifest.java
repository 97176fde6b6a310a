package dev.warren.selftest.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a snapshot says of itself.
 *
 * @param key what it is made of
 * @param catalogue the folder that the definitions were in; only for people
 * @param made when
 * @param setUp how long the set-up took that need not be done again
 * @param archives the states of the hosts
 */
public record Manifest(
    SnapshotKey key, String catalogue, Instant made, Duration setUp, List<Archive> archives) {

  /**
   * The state of a host.
   *
   * @param host the host's name
   * @param bytes how long the archive is
   * @param crc32c its checksum (RFC 3720, appendix B.4), 8 lower-case hexadecimal digits: it is
   *     compared before each use, and against damage only, so it must be fast before all
   * @param removed what a fresh host has in /etc and this one had not, absolute
   */
  public record Archive(String host, long bytes, String crc32c, List<String> removed) {
    /** Copies the list. */
    public Archive {
      removed = List.copyOf(removed);
    }

    /** A checksum as it is written. */
    static String text(CRC32C checksum) {
      return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    /** The file's name in the snapshot's folder. */
    String file() {
      return host + ".tar";
    }
  }

  /** Copies the list. */
  public Manifest {
    archives = List.copyOf(archives);
  }

  /** How many bytes all archives have. */
  public long bytes() {
    return archives.stream().mapToLong(Archive::bytes).sum();
  }
}
