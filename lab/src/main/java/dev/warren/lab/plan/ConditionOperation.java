package dev.warren.lab.plan;

import dev.warren.lab.description.LinkConditions;

/** Steps that change what happens to packets on cables. */
public sealed interface ConditionOperation extends Operation {
  /** The name of the host. */
  String host();

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
}
