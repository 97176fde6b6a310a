package dev.warren.lab.description;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A directory that one host alone sees. It lies in memory and is gone with the lab.
 *
 * @param path where, in the host
 * @param seed what is copied into it at the start: a folder or a tar file (also .tar.gz) of the
 *     machine; without one it starts empty
 * @param mode permissions, 0 to 07777; without one 0755, or what Warren's own directory there has
 * @param ownership whose it is, and whose everything in it that is copied; without one the
 *     directory is root's, and copies keep their owners where the lab has these ids
 * @param size how many bytes it can hold; without one as many as the machine's memory allows
 */
public record PrivateDirectory(
    Path path, Optional<Path> seed, OptionalInt mode, Ownership ownership, OptionalLong size) {

  /** The least that makes sense: a page of memory, as tmpfs(5) rounds up to pages. */
  private static final long LEAST_SIZE = 4096;

  /** Checks every value. */
  public PrivateDirectory {
    Checks.privateDirectory(path);
    mode.ifPresent(Checks::mode);
    size.ifPresent(
        bytes -> Checks.check(bytes >= LEAST_SIZE, "a size of %s bytes is less than 4KiB", bytes));
  }

  /** An empty one. */
  public static PrivateDirectory at(Path path) {
    return new PrivateDirectory(
        path, Optional.empty(), OptionalInt.empty(), Ownership.UNSAID, OptionalLong.empty());
  }

  /** With the content of a folder or tar file of the machine. */
  public PrivateDirectory from(Path folderOrTar) {
    return new PrivateDirectory(path, Optional.of(folderOrTar), mode, ownership, size);
  }

  /** With other permissions. */
  public PrivateDirectory withMode(int bits) {
    return new PrivateDirectory(path, seed, OptionalInt.of(bits), ownership, size);
  }

  /** With another owner. */
  public PrivateDirectory withOwnership(Ownership other) {
    return new PrivateDirectory(path, seed, mode, other, size);
  }

  /** With room for so many bytes. */
  public PrivateDirectory withSize(long bytes) {
    return new PrivateDirectory(path, seed, mode, ownership, OptionalLong.of(bytes));
  }
}
