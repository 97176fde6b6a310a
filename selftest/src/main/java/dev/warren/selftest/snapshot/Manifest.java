package dev.warren.selftest.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
   * @param sha256 its checksum, 64 lower-case hexadecimal digits
   * @param removed what a fresh host has in /etc and this one had not, absolute
   */
  public record Archive(String host, long bytes, String sha256, List<String> removed) {
    /** Copies the list. */
    public Archive {
      removed = List.copyOf(removed);
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
