package dev.warren.lab.cgroup;

import dev.warren.lab.cgroup.Hierarchies.Place;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a cgroup below which hosts may have theirs.
 *
 * <p>In version 1 that is this process's own. In version 2 a cgroup that has processes cannot have
 * children with controllers (Documentation/admin-guide/cgroup-v2.rst, "No Internal Process
 * Constraint"), so it is the nearest one above that gives its children what is needed, or can be
 * told to, and where this process may make one.
 */
final class Parents {
  private static final String AS_ROOT =
      "start Warren as root, or where /sys/fs/cgroup can be written";
  private static final String IN_SCOPE =
      "start Warren as root, or in a cgroup that your user may divide: "
          + "`systemd-run --user --scope warren up FILE` where systemd runs; in a container, move its"
          + " processes into a cgroup of their own below its root first";

  private final Place place;
  private final List<Controller> controllers;
  private final Remover remover;

  /**
   * @param remover is told what is made, before it is
   */
  Parents(Place place, List<Controller> controllers, Remover remover) {
    this.place = place;
    this.controllers = controllers;
    this.remover = remover;
  }

  /**
   * Makes a cgroup.
   *
   * @param name a number is added to it when there is one of that name
   * @throws CgroupException when there is no place for it
   */
  Path make(String name) throws CgroupException {
    List<String> refusals = new ArrayList<>();
    if (!place.unified()) {
      try {
        return folder(place.own(), name);
      } catch (IOException failure) {
        throw new CgroupException(controllers, CgroupException.reason(failure), AS_ROOT);
      }
    }
    List<Path> candidates = new ArrayList<>();
    for (Path one = place.own();
        one != null && one.startsWith(place.top());
        one = one.getParent()) {
      candidates.add(one);
    }
    for (Path parent : candidates) {
      try {
        checkEmpty(parent);
        enable(parent);
        return folder(parent, name);
      } catch (IOException failure) {
        refusals.add(CgroupException.reason(failure));
      }
    }
    throw new CgroupException(controllers, String.join(", ", refusals), IN_SCOPE);
  }

  /**
   * The kernel itself refuses for memory alone: cpu and pids can be had by threads too, so it makes
   * the cgroup one of threads ("domain threaded"), whose children take no processes.
   */
  private static void checkEmpty(Path parent) throws IOException {
    boolean root = !Files.exists(parent.resolve("cgroup.type"));
    if (!root && !Files.readString(parent.resolve("cgroup.procs")).isBlank()) {
      throw new IOException(parent + " has processes of its own");
    }
  }

  /** Lets the children of a cgroup have the controllers. */
  private void enable(Path parent) throws IOException {
    List<String> missing = new ArrayList<>(Controller.titles(controllers));
    Path given = parent.resolve("cgroup.subtree_control");
    missing.removeAll(words(given));
    if (missing.isEmpty()) {
      return;
    }
    List<String> lacking = new ArrayList<>(missing);
    lacking.removeAll(words(parent.resolve("cgroup.controllers")));
    if (!lacking.isEmpty()) {
      throw new IOException(parent + " has no controller " + String.join(", ", lacking));
    }
    Files.writeString(given, "+" + String.join(" +", missing), StandardOpenOption.WRITE);
  }

  private static List<String> words(Path file) throws IOException {
    return List.of(Files.readString(file).strip().split(" "));
  }

  private Path folder(Path parent, String name) throws IOException {
    for (int n = 1; ; n++) {
      Path folder = parent.resolve(n == 1 ? name : name + "-" + n);
      if (Files.exists(folder)) {
        // Another lab's of this JVM, or of a container that counts processes by itself.
        continue;
      }
      remover.expect(folder);
      try {
        return Files.createDirectory(folder);
      } catch (FileAlreadyExistsException taken) {
        remover.forget();
      }
    }
  }
}
