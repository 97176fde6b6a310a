package dev.warren.lab.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on the disk for fetched and unpacked software. */
final class StorageChecks {
  private static final String NAME = "space for the cache";

  /** Samba with all it needs is 130 MB packed and 500 MB unpacked. */
  private static final long WANTED = 2L << 30;

  private static final long ENOUGH_FOR_ONE = 800L << 20;

  private StorageChecks() {}

  static Finding run(Path cache) {
    Path existing = cache;
    while (!Files.isDirectory(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      return judge(
          cache, Files.getFileStore(existing).getUsableSpace(), Files.isWritable(existing));
    } catch (IOException unreadable) {
      return Finding.no(
          NAME,
          Need.TESTENVS,
          String.valueOf(unreadable.getMessage()),
          "no software to fetch",
          "set XDG_CACHE_HOME");
    }
  }

  static Finding judge(Path cache, long free, boolean writable) {
    String detail = "%,d MB free at %s".formatted(free >> 20, cache);
    if (!writable) {
      return Finding.no(
          NAME,
          Need.TESTENVS,
          cache + " cannot be written",
          "no software can be fetched",
          "set XDG_CACHE_HOME to a folder of yours");
    }
    if (free >= WANTED) {
      return Finding.yes(NAME, Need.TESTENVS, detail);
    }
    String remedy = "make room, or set XDG_CACHE_HOME to a folder on a larger disk";
    return free >= ENOUGH_FOR_ONE
        ? Finding.partly(
            NAME, Need.TESTENVS, detail, "little more than one set of software fits", remedy)
        : Finding.no(NAME, Need.TESTENVS, detail, "the packages of a testenv do not fit", remedy);
  }
}
