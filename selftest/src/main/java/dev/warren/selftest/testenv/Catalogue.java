package dev.warren.selftest.testenv;

import dev.warren.lab.description.NetworkDescription;
import dev.warren.selftest.build.BuildTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A folder of testenv definitions that passed all checks.
 *
 * @param folder the folder, absolute
 * @param summary one line
 * @param network the network that all hosts are on
 * @param client where suites run
 * @param suiteFolder what each suite finds a copy of in its own folder, inside of {@code folder}
 * @param suiteUmask the umask that suites start with, in octal; without one that of the lab
 * @param environment variables that every suite sees
 * @param none variables that suites see besides which need no testenv
 * @param buildTree whose programs hosts use; empty where they come from packages
 * @param testenvs the definitions by name, sorted; abstract ones are not among them
 */
public record Catalogue(
    Path folder,
    String summary,
    NetworkDescription network,
    ClientDefinition client,
    Optional<Path> suiteFolder,
    Optional<String> suiteUmask,
    Map<String, Template> environment,
    Map<String, Template> none,
    Optional<BuildTree> buildTree,
    Map<String, TestenvDefinition> testenvs) {

  /**
   * A definition by name or alias.
   *
   * @throws NoSuchElementException when there is none
   */
  public TestenvDefinition testenv(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "no testenv \"%s\" in %s, only %s".formatted(name, folder, names())));
  }

  private Optional<TestenvDefinition> find(String name) {
    return Optional.ofNullable(testenvs.get(name))
        .or(
            () ->
                testenvs.values().stream()
                    .filter(testenv -> testenv.aliasNames().contains(name))
                    .findFirst());
  }

  /** The Debian packages that the client and these testenvs use, less what a build tree brings. */
  public SortedSet<String> packages(Collection<TestenvDefinition> definitions) {
    SortedSet<String> packages = new TreeSet<>(client.packages());
    definitions.forEach(testenv -> packages.addAll(testenv.packages()));
    buildTree.ifPresent(tree -> packages.removeAll(tree.replaces()));
    return packages;
  }

  /** All names that lead to a testenv, aliases too, sorted. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(testenvs.keySet());
    testenvs.values().forEach(testenv -> names.addAll(testenv.aliasNames()));
    return names;
  }

  /**
   * These testenvs, by name or alias, and all that they need, each after those that it needs
   * itself.
   */
  public List<TestenvDefinition> withNeeds(Collection<String> names) {
    Set<String> ordered = new LinkedHashSet<>();
    names.forEach(name -> addAfterNeeds(name, ordered));
    List<TestenvDefinition> result = new ArrayList<>();
    ordered.forEach(name -> result.add(testenv(name)));
    return result;
  }

  private void addAfterNeeds(String name, Set<String> ordered) {
    TestenvDefinition testenv = testenv(name);
    if (!ordered.contains(testenv.name())) {
      testenv.needNames().forEach(need -> addAfterNeeds(need, ordered));
      ordered.add(testenv.name());
    }
  }
}
