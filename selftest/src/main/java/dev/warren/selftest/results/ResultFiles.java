package dev.warren.selftest.results;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;

/** The files of results that a command left. */
@FunctionalInterface
public interface ResultFiles {

  /** None at all. */
  ResultFiles NONE = () -> new java.util.TreeMap<>(Map.of());

  /**
   * What is in each file {@code *.xml} that the command wrote, by its path, which starts where the
   * command ran.
   *
   * @throws IOException when one cannot be read
   * @throws InterruptedException when the run is stopped
   */
  SortedMap<String, byte[]> xml() throws IOException, InterruptedException;
}
