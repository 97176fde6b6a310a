package dev.warren.lab.source;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
