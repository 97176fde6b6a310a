package dev.warren.lab.cgroup;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.cgroup.Hierarchies.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a test may make cgroups.
 *
 * <p>A cgroup below the top of its tree was made by somebody, a service manager or a container's
 * engine, who need not like to find others in it. So a test makes some there only when it is told
 * to, by WARREN_TEST_CGROUPS=1.
 */
public final class MayLimit {
  private MayLimit() {}

  /** Skips the test where it may not. */
  public static void assume(String... controllers) throws IOException {
    for (String controller : controllers) {
      assumeTrue(can(controller), "no cgroup with " + controller + " that may be divided");
      Place place = place(controller).orElseThrow();
      assumeTrue(
          place.own().equals(place.top()) || "1".equals(System.getenv("WARREN_TEST_CGROUPS")),
          "somebody manages the cgroup "
              + place.own()
              + ": set WARREN_TEST_CGROUPS=1 to make others in it");
    }
  }

  /** Whether it may. */
  public static boolean may(String controller) throws IOException {
    if (!can(controller)) {
      return false;
    }
    Place place = place(controller).orElseThrow();
    return place.own().equals(place.top()) || "1".equals(System.getenv("WARREN_TEST_CGROUPS"));
  }

  /** Whether the user can, whoever likes it. */
  public static boolean can(String controller) throws IOException {
    Optional<Place> found = place(controller);
    if (found.isEmpty()) {
      return false;
    }
    Place place = found.get();
    if (!place.unified()) {
      return Files.isWritable(place.own());
    }
    for (Path one = place.own();
        one != null && one.startsWith(place.top());
        one = one.getParent()) {
      if (Files.isWritable(one)
          && Files.readString(one.resolve("cgroup.controllers")).contains(controller)) {
        return true;
      }
    }
    return false;
  }

  /** Where this process is in the tree that has a controller. */
  static Optional<Place> place(String controller) throws IOException {
    for (Controller one : Controller.values()) {
      if (one.title().equals(controller)) {
        return Hierarchies.current().of(one);
      }
    }
    throw new IllegalArgumentException(controller);
  }
}
