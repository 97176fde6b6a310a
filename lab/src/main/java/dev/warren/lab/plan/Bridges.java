package dev.warren.lab.plan;

import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.NetworkDescription;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The interface indices of a lab's bridges, by network. A network keeps its own while the lab runs.
 *
 * @param indices by the network's name
 */
public record Bridges(Map<String, Integer> indices) {
  /** Bridges count from here, far from what the kernel gives by itself. */
  private static final int FIRST = 1000;

  /** Those of a lab that starts. */
  public static Bridges of(LabDescription lab) {
    return new Bridges(Map.of()).changedTo(lab);
  }

  /** Copies. */
  public Bridges {
    indices = Map.copyOf(indices);
  }

  /** Those of the lab when it has other networks: what stays keeps its index. */
  public Bridges changedTo(LabDescription wanted) {
    Map<String, Integer> changed = new LinkedHashMap<>();
    for (NetworkDescription network : wanted.networks()) {
      Integer present = indices.get(network.name());
      if (present != null) {
        changed.put(network.name(), present);
      }
    }
    int next = FIRST;
    for (NetworkDescription network : wanted.networks()) {
      while (changed.containsValue(next) || indices.containsValue(next)) {
        next++;
      }
      if (!changed.containsKey(network.name())) {
        changed.put(network.name(), next);
      }
    }
    return new Bridges(changed);
  }

  /** The index of a network's bridge. */
  public int index(String network) {
    Integer index = indices.get(network);
    if (index == null) {
      throw new IllegalArgumentException("there is no network " + network);
    }
    return index;
  }
}
