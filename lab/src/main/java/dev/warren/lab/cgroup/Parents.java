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

  /** What a cgroup of version 2 lets its children have. */
  private static final String GIVEN = "cgroup.subtree_control";

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
    for (Path parent : candidates(place)) {
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
   * Looks whether {@link #make} would find a place, and makes nothing.
   *
   * @throws CgroupException when there is none
   */
  static void check(Place place, List<Controller> controllers) throws CgroupException {
    if (!place.unified()) {
      try {
        checkWritable(place.own());
        return;
      } catch (IOException refused) {
        throw new CgroupException(controllers, CgroupException.reason(refused), AS_ROOT);
      }
    }
    List<String> refusals = new ArrayList<>();
    for (Path parent : candidates(place)) {
      try {
        checkEmpty(parent);
        if (!missing(parent, controllers).isEmpty()) {
          checkWritable(parent.resolve(GIVEN));
        }
        checkWritable(parent);
        return;
      } catch (IOException failure) {
        refusals.add(CgroupException.reason(failure));
      }
    }
    throw new CgroupException(controllers, String.join(", ", refusals), IN_SCOPE);
  }

  private static void checkWritable(Path path) throws IOException {
    if (!Files.isWritable(path)) {
      throw new IOException(path + " cannot be written to");
    }
  }

  /** This process's own and those above it. */
  private static List<Path> candidates(Place place) {
    List<Path> candidates = new ArrayList<>();
    for (Path one = place.own();
        one != null && one.startsWith(place.top());
        one = one.getParent()) {
      candidates.add(one);
    }
    return candidates;
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
    List<String> missing = missing(parent, controllers);
    if (!missing.isEmpty()) {
      Files.writeString(
          parent.resolve(GIVEN), "+" + String.join(" +", missing), StandardOpenOption.WRITE);
    }
  }

  /** The controllers that it has and does not give to its children yet. */
  private static List<String> missing(Path parent, List<Controller> controllers)
      throws IOException {
    List<String> missing = new ArrayList<>(Controller.titles(controllers));
    missing.removeAll(words(parent.resolve(GIVEN)));
    List<String> lacking = new ArrayList<>(missing);
    lacking.removeAll(words(parent.resolve("cgroup.controllers")));
    if (!lacking.isEmpty()) {
      throw new IOException(parent + " has no controller " + String.join(", ", lacking));
    }
    return missing;
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
