package dev.warren.selftest.plan;

import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import java.util.Locale;
import java.util.Optional;

/**
 * Which testenv a suite needs, and where in it the suite runs.
 *
 * @param testenv the name; {@code none} when the suite needs no servers
 * @param side where the suite's command runs
 */
public record TestenvChoice(String testenv, Side side) {
  /** The name that means: no testenv. */
  public static final String NONE = "none";

  /** Where a command runs. */
  public enum Side {
    /** In the client, with the client's configuration. */
    CLIENT,
    /** In the testenv's own host, with the server's configuration. */
    LOCAL
  }

  /** Whether the suite needs no testenv. */
  public boolean isNone() {
    return testenv.equals(NONE);
  }

  /** Reads {@code NAME}, {@code NAME:client} or {@code NAME:local}; empty for anything else. */
  public static Optional<TestenvChoice> parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String option = colon < 0 ? "client" : text.substring(colon + 1);
    if (!name.matches("[A-Za-z0-9_.-]+")) {
      return Optional.empty();
    }
    return switch (option) {
      case "client" -> Optional.of(new TestenvChoice(name, Side.CLIENT));
      case "local" -> Optional.of(new TestenvChoice(name, Side.LOCAL));
      default -> Optional.empty();
    };
  }

  /** Reads a testenv of a plan; anything else is reported, and counts as none. */
  static TestenvChoice read(String text, Position position, Problems problems) {
    return parse(text)
        .orElseGet(
            () -> {
              problems.add(
                  position,
                  "\"%s\" is no testenv: NAME, NAME:client, NAME:local or none is expected"
                      .formatted(text));
              return new TestenvChoice(NONE, Side.CLIENT);
            });
  }

  /** The form that {@link #parse} reads, the client's side being unsaid. */
  @Override
  public String toString() {
    return side == Side.CLIENT ? testenv : testenv + ":" + side.name().toLowerCase(Locale.ROOT);
  }
}
