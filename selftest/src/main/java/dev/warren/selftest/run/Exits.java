package dev.warren.selftest.run;

import dev.warren.selftest.verdict.Exit;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Words for how scripts end. */
final class Exits {
  private Exits() {}

  static String words(Exit exit) {
    return switch (exit) {
      case Exit.Code(int code) -> "ended with exit code " + code;
      case Exit.Signal(int number) -> "died with signal " + number;
      case Exit.TimeLimit limit ->
          "did not end within its time limit of %s".formatted(seconds(limit.limit()));
      case Exit.Interrupted() -> "was stopped";
      case Exit.NotStarted(String reason) -> "was not started: " + reason;
    };
  }

  /** What an error says, or what it is when it says nothing. */
  static String words(IOException failure) {
    return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
  }

  /** A time, without a fraction where it has none. */
  static String seconds(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  /** A time that was measured. */
  static String tenths(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
