package dev.warren.selftest.run;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.LabDescription;
import java.io.IOException;
import java.nio.file.Path;

/** The name of one lab and its place on the machine, before it starts until after it has ended. */
public interface LabPlace extends AutoCloseable {

  /** What the lab is called; no other lab that runs is. */
  String name();

  /** A folder of the machine for this lab alone, which exists. */
  Path stateFolder();

  /** Starts the lab, as {@link Lab#start} does; once at most. */
  default Lab start(LabDescription description, LabSettings settings) throws IOException {
    return Lab.start(description, settings);
  }

  /** Told when the lab that it started is about to end. */
  default void ending() throws IOException {}

  /** The lab is gone, or never was: gives name and folder back. */
  @Override
  void close() throws IOException;
}
