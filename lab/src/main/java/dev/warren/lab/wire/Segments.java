package dev.warren.lab.wire;

import dev.warren.lab.description.Conditions;
import dev.warren.linux.netlink.LimitSegments;

/**
 * Between hosts TCP hands over up to 64 kB as one packet, to be cut by whoever sends it at last.
 * What loses, duplicates or measures packets must see real ones, so there they are cut before; a
 * delay alone does not care and is faster with long ones.
 */
final class Segments {
  private Segments() {}

  /** How many segments a packet may have on a link with these conditions. */
  static int of(Conditions conditions) {
    boolean countsPackets =
        conditions.rate().isPresent()
            || conditions.loss() > 0
            || conditions.duplicate() > 0
            || conditions.reorder() > 0
            || conditions.corrupt() > 0;
    return countsPackets ? 1 : LimitSegments.USUAL;
  }
}
