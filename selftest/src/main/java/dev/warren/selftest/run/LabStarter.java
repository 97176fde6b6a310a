package dev.warren.selftest.run;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.LabDescription;
import java.io.IOException;

/** Starts a lab. The place to register it, so that other commands find its hosts. */
@FunctionalInterface
public interface LabStarter {

  /** Starts the lab, as {@link Lab#start} does. */
  Lab start(LabDescription description, LabSettings settings) throws IOException;

  /** Told when a lab that it started is about to end. */
  default void ending() throws IOException {}
}
