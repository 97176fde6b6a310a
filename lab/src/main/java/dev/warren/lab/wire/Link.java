package dev.warren.lab.wire;

import dev.warren.lab.description.LinkConditions;
import java.io.IOException;

/** A cable with conditions on it, by one of the {@link Means}. */
interface Link {
  /** What holds now. */
  LinkReport report() throws IOException;

  /** Whether it was not begun to be {@link #restore restored}. */
  default boolean isWhole() {
    return true;
  }

  /** Makes other conditions hold, by the same means. */
  void change(LinkConditions conditions) throws IOException;

  /**
   * The end on the bridge was set up or down: the host's end gets or loses its carrier with it.
   * That is so by itself where both are ends of one cable.
   */
  default void carrier(boolean up) throws IOException {}

  /** Makes the cable what it was before. */
  void restore() throws IOException;

  /** Lets go of what is held, when the cable is gone or goes with the lab. */
  void release();
}
