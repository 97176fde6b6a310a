package dev.warren.lab.dns;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;

/** The zones that others answer for. Immutable. */
record ForwardZones(Map<Name, Forward> zones) {

  ForwardZones {
    zones = Map.copyOf(zones);
  }

  static ForwardZones none() {
    return new ForwardZones(Map.of());
  }

  ForwardZones with(Forward forward) {
    Map<Name, Forward> changed = new HashMap<>(zones);
    changed.put(forward.zone(), forward);
    return new ForwardZones(changed);
  }

  ForwardZones without(Name zone) {
    Map<Name, Forward> changed = new HashMap<>(zones);
    changed.remove(zone);
    return new ForwardZones(changed);
  }

  /** The zone with the most labels that the name is in or that it is, label by label. */
  Optional<Forward> of(Name name) {
    for (int cut = 0; cut <= name.labels(); cut++) {
      Forward forward = zones.get(cut == name.labels() ? Name.root : new Name(name, cut));
      if (forward != null) {
        return Optional.of(forward);
      }
    }
    return Optional.empty();
  }
}
