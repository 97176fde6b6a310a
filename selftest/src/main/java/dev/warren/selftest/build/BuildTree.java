package dev.warren.selftest.build;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A folder in which software was built, and what a catalogue takes from it.
 *
 * @param folder the folder, absolute; hosts see it at the same place, for programs remember where
 *     they were built
 * @param replaces the Debian packages that are not needed, as all that they bring is in the tree
 * @param links what hosts find elsewhere too: the path in the host, and what it leads to
 * @param content what in the tree makes a testenv what it is: paths from the folder on, of which
 *     {@code x/*} means the files right in {@code x}
 * @param plan a command of the shell that prints the tree's own plan
 * @param pipefail whether the exit codes of its suites' commands count that have a filter behind
 *     them
 * @param lists what the tree knows of the suites of that plan
 */
public record BuildTree(
    Path folder,
    Set<String> replaces,
    Map<Path, Path> links,
    List<String> content,
    Optional<String> plan,
    boolean pipefail,
    Lists lists) {

  /** Copies the collections. */
  public BuildTree {
    replaces = Set.copyOf(replaces);
    links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
    content = List.copyOf(content);
  }

  /**
   * The lists that belong to the tree's plan, each of files or folders.
   *
   * @param expectedFailures tests that are known to fail
   * @param flapping tests that may fail
   * @param skip suites that do not run
   * @param quick suites that run where only quick ones are wanted
   */
  public record Lists(
      List<Path> expectedFailures, List<Path> flapping, List<Path> skip, List<Path> quick) {
    /** Copies the lists. */
    public Lists {
      expectedFailures = List.copyOf(expectedFailures);
      flapping = List.copyOf(flapping);
      skip = List.copyOf(skip);
      quick = List.copyOf(quick);
    }
  }
}
