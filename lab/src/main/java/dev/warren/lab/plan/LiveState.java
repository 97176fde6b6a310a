package dev.warren.lab.plan;

import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a running lab is, where that may differ from its description.
 *
 * @param seed what all chance in it comes from
 * @param cut numbers of the interfaces whose links are cut
 * @param conditions what holds on the cables, by the number of the interface
 */
public record LiveState(long seed, Set<Integer> cut, Map<Integer, LinkConditions> conditions) {
  /** Copies. */
  public LiveState {
    cut = Set.copyOf(cut);
    conditions = Map.copyOf(conditions);
  }

  /** That of a lab that is as described; a change then leaves what was done to its links. */
  public static LiveState asDescribed(LabDescription lab, long seed) {
    Map<Integer, LinkConditions> conditions = new HashMap<>();
    lab.hosts()
        .forEach(
            host ->
                host.interfaces()
                    .forEach(one -> conditions.put(one.number(), lab.conditions(one))));
    return new LiveState(seed, Set.of(), conditions);
  }
}
