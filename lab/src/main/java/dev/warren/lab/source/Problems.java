package dev.warren.lab.source;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Collects the mistakes of one or several files, to report them all at once. For one thread. */
public final class Problems {

  private final Set<Problem> found = new LinkedHashSet<>();

  /** An empty collection. */
  public Problems() {}

  /** Adds a mistake; the same one at the same place counts once. */
  public void add(Position position, String message) {
    found.add(new Problem(position, message));
  }

  /** Adds a mistake at the start of a node. */
  public void add(YamlNode node, String message) {
    add(node.position(), message);
  }

  /** Adds what another reader found. */
  public void addAll(Collection<Problem> problems) {
    found.addAll(problems);
  }

  /**
   * Makes something of a node.
   *
   * @param maker throws IllegalArgumentException with a message for the user when it cannot; that
   *     is reported at the node
   * @return what was made; empty when something was reported
   */
  public <T> Optional<T> attempt(YamlNode node, Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      add(node, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Whether nothing was found so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What was found so far: by file, then from top to bottom. */
  public List<Problem> list() {
    return BadInputException.sorted(found);
  }

  /**
   * Ends the reading when something was found.
   *
   * @throws BadInputException with everything that was found
   */
  public void throwIfAny() throws BadInputException {
    if (!found.isEmpty()) {
      throw new BadInputException(found);
    }
  }
}
