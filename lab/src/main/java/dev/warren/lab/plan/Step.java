package dev.warren.lab.plan;

import java.io.IOException;

/** An operation that is ready to be carried out, as a whole or not at all. */
@FunctionalInterface
interface Step {
  /** Carries it out. */
  Undo take() throws IOException;
}
