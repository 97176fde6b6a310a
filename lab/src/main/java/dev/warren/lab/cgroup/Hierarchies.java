package dev.warren.lab.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where this process is in the trees of control groups, out of proc(5)'s cgroup and mountinfo.
 *
 * @param places the tree of each controller that version 1 has, by name; that of version 2 is ""
 */
record Hierarchies(Map<String, Place> places) {
  private static final String UNIFIED = "";

  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-3][0-7]{2})");

  /**
   * A tree.
   *
   * @param top the folder that it is mounted on
   * @param own the folder of the cgroup that this process is in, top or below
   * @param unified whether it is that of version 2
   */
  record Place(Path top, Path own, boolean unified) {}

  /** Those of this process. */
  static Hierarchies current() throws IOException {
    return parse(
        Files.readString(Path.of("/proc/self/cgroup")),
        Files.readString(Path.of("/proc/self/mountinfo")));
  }

  /** Out of the texts of the two files. */
  static Hierarchies parse(String cgroup, String mountinfo) {
    List<Mount> mounts = mounts(mountinfo);
    Map<String, Place> places = new HashMap<>();
    for (String line : cgroup.lines().toList()) {
      // hierarchy-ID:controller-list:cgroup-path
      String[] fields = line.split(":", 3);
      if (fields.length < 3) {
        continue;
      }
      for (String name : fields[1].split(",", -1)) {
        mounts.stream()
            .filter(mount -> mount.has(name))
            .flatMap(mount -> mount.place(fields[2]).stream())
            .findFirst()
            .ifPresent(place -> places.put(name, place));
      }
    }
    return new Hierarchies(places);
  }

  /** The tree that has a controller: where version 1 has it, version 2 has not. */
  Optional<Place> of(Controller controller) {
    Place old = places.get(controller.title());
    return old != null ? Optional.of(old) : Optional.ofNullable(places.get(UNIFIED));
  }

  private record Mount(Path root, Path folder, boolean unified, List<String> options) {
    boolean has(String controller) {
      return controller.equals(UNIFIED) ? unified : !unified && options.contains(controller);
    }

    /** Empty when the cgroup is outside of what is mounted. */
    Optional<Place> place(String cgroup) {
      return path(cgroup)
          .filter(own -> own.startsWith(root))
          .map(own -> new Place(folder, folder.resolve(root.relativize(own)), unified));
    }
  }

  /**
   * An absolute path that leads nowhere up; empty for any other, as of what is not mounted here.
   */
  private static Optional<Path> path(String text) {
    if (!text.startsWith("/") || List.of(text.split("/", -1)).contains("..")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(text).normalize());
    } catch (InvalidPathException unspeakable) {
      // Letters that this locale has not.
      return Optional.empty();
    }
  }

  /** Blanks, tabs, line ends and backslashes are in octal there: proc_pid_mountinfo(5). */
  private static String unescaped(String field) {
    return ESCAPE
        .matcher(field)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 8))));
  }

  private static List<Mount> mounts(String mountinfo) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : mountinfo.lines().toList()) {
      // ID parent major:minor root mount-point options [optional ...] - type source super-options
      String[] halves = line.split(" - ", 2);
      if (halves.length < 2) {
        continue;
      }
      String[] mount = halves[0].split(" ", -1);
      String[] system = halves[1].split(" ", -1);
      boolean unified = system[0].equals("cgroup2");
      if (system.length < 3 || mount.length < 6 || !(unified || system[0].equals("cgroup"))) {
        continue;
      }
      Optional<Path> root = path(unescaped(mount[3]));
      Optional<Path> folder = path(unescaped(mount[4]));
      if (root.isPresent() && folder.isPresent()) {
        mounts.add(new Mount(root.get(), folder.get(), unified, List.of(system[2].split(","))));
      }
    }
    return mounts;
  }
}
