package dev.warren.lab.source;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them in files and on command lines. */
public final class Durations {

  // Nine digits of hours still fit a Duration, and a long of milliseconds.
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(us|ms|s|m|h)");

  private Durations() {}

  /**
   * Reads {@code 100us}, {@code 500ms}, {@code 60s}, {@code 2m}, {@code 1h}; empty for anything
   * else.
   */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "us" -> Duration.ofNanos(number * 1000);
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        });
  }

  /** The text of a time below an hour, to the microsecond: {@code 1500us}, {@code 20ms}. */
  public static String text(Duration time) {
    long micros = time.toNanos() / 1000;
    if (micros % 1000 != 0) {
      return micros + "us";
    }
    return micros % 1_000_000 == 0 && micros > 0 ? micros / 1_000_000 + "s" : micros / 1000 + "ms";
  }
}
