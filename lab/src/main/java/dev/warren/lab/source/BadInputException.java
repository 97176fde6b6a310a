package dev.warren.lab.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the user wrote has mistakes. The message holds each of them on a line of its own, and how
 * many there are when there is more than one: it is meant to be shown as it is, without a trace.
 */
public final class BadInputException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** An exception with these problems, of which there is at least one. */
  public BadInputException(Collection<Problem> problems) {
    super(message(sorted(problems)));
    this.problems = sorted(problems);
  }

  /** The mistakes: by file, then from top to bottom. */
  public List<Problem> problems() {
    return problems;
  }

  static List<Problem> sorted(Collection<Problem> problems) {
    return problems.stream().sorted(Comparator.comparing(Problem::position)).toList();
  }

  private static String message(List<Problem> problems) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("bad input without a problem");
    }
    String lines = problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    return problems.size() == 1 ? lines : lines + "\n" + problems.size() + " problems";
  }
}
