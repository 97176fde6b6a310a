package dev.warren.selftest.run;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Gives labs their names and places on the machine. The place to register them, so that other
 * commands find their hosts.
 */
@FunctionalInterface
public interface LabOpener {

  /**
   * Opens a place for one more lab. Called by several threads at a time.
   *
   * @param testenv what it is for: a testenv's name, or {@code none}
   */
  LabPlace open(String testenv) throws IOException;

  /** Labs with the names of their testenvs, their files in folders below {@code folder}. */
  static LabOpener below(Path folder) {
    return new FolderOpener(folder);
  }
}
