package dev.warren.linux.mount;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The options of an overlay mount (Documentation/filesystems/overlayfs.rst of the kernel).
 *
 * @param lower the layers that are only read, the topmost first; at least one
 * @param upper where changes go; nothing for a mount that is only read
 * @param userXattr keep the overlay's own notes in user.* attributes: a user namespace may not
 *     write trusted.*
 */
public record OverlayOptions(List<Path> lower, Optional<Upper> upper, boolean userXattr) {
  /**
   * Where changes go.
   *
   * @param directory holds the changed files
   * @param work an empty folder on the same file system, for the kernel's use
   */
  public record Upper(Path directory, Path work) {}

  /** Checks that there is a layer. */
  public OverlayOptions {
    lower = List.copyOf(lower);
    if (lower.isEmpty()) {
      throw new IllegalArgumentException("an overlay needs a lower layer");
    }
  }

  /** As mount(2) takes them, with the separators in paths escaped. */
  @Override
  public String toString() {
    String options =
        "lowerdir="
            + lower.stream().map(OverlayOptions::escape).collect(Collectors.joining(":"))
            + upper
                .map(up -> ",upperdir=" + escape(up.directory()) + ",workdir=" + escape(up.work()))
                .orElse("");
    return userXattr ? options + ",userxattr" : options;
  }

  private static String escape(Path path) {
    return path.toString().replace("\\", "\\\\").replace(":", "\\:").replace(",", "\\,");
  }
}
