package dev.warren.lab.wire;

import java.io.IOException;

/** Is told when another interface takes the place of a cable's end on its bridge. */
@FunctionalInterface
public interface PortListener {
  /**
   * It is there, and nothing passes yet.
   *
   * @param name of both interfaces
   * @param index of both interfaces, in the namespace that has the bridge
   */
  void replaced(String name, int index) throws IOException;
}
