package dev.warren.lab.cgroup;

import dev.warren.lab.cgroup.Hierarchies.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether hosts could have a limit here.
 *
 * @param controller what limits it, as cgroups(7) calls it
 * @param unified whether that is of version 2
 * @param obstacle what stands in the way
 */
public record LimitSupport(String controller, boolean unified, Optional<Obstacle> obstacle) {
  /**
   * Why not.
   *
   * @param why as a fact
   * @param remedy what to do
   */
  public record Obstacle(String why, String remedy) {}

  /** Looks, and makes nothing. */
  public static List<LimitSupport> here() throws IOException {
    return in(Hierarchies.current());
  }

  static List<LimitSupport> in(Hierarchies hierarchies) {
    List<LimitSupport> all = new ArrayList<>();
    for (Controller controller : Controller.values()) {
      Optional<Place> place = hierarchies.of(controller);
      boolean unified = place.map(Place::unified).orElse(false);
      all.add(new LimitSupport(controller.title(), unified, obstacle(controller, place)));
    }
    return all;
  }

  private static Optional<Obstacle> obstacle(Controller controller, Optional<Place> place) {
    try {
      if (place.isEmpty()) {
        throw CgroupException.notMounted(controller);
      }
      Parents.check(place.get(), List.of(controller));
      return Optional.empty();
    } catch (CgroupException refused) {
      return Optional.of(new Obstacle(refused.why(), refused.remedy()));
    }
  }
}
