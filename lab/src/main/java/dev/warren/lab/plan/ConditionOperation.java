package dev.warren.lab.plan;

import dev.warren.lab.description.LinkConditions;
import java.util.Map;

/** Steps that change what happens to packets on cables. */
public sealed interface ConditionOperation extends Operation {
  /**
   * Makes conditions hold on a cable, in place of those that did.
   *
   * @param root the host that has the bridge
   * @param number of the host's interface
   */
  record SetConditions(String host, String root, int number, LinkConditions conditions)
      implements ConditionOperation {
    @Override
    public String describe() {
      return "set conditions of veth"
          + number
          + " of host "
          + host
          + " to "
          + conditions.describe();
    }
  }

  /**
   * Gives chance another seed: on every cable it begins again, as in a lab that starts with it.
   *
   * @param root the host that has the bridges
   * @param cables the hosts by the numbers of their interfaces
   */
  record Reseed(String root, long seed, Map<Integer, String> cables) implements ConditionOperation {
    /** Copies. */
    public Reseed {
      cables = Map.copyOf(cables);
    }

    @Override
    public String describe() {
      return "take chance from seed " + seed;
    }
  }
}
