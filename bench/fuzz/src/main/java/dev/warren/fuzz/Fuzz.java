package dev.warren.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;

/**
 * Gives a parser a great many inputs and watches it: what it throws beyond what it documents, what
 * it accepts and should not (the parser's oracle throws an {@link AssertionError}), and how long it
 * takes. Every input has a number and comes from it and the seed alone.
 *
 * <p>System properties: {@code fuzz.count}, how many inputs of each seed; {@code fuzz.seed}, the
 * only seed, where the build takes a fixed one and a fresh one; {@code fuzz.first}, the number of
 * the first input; {@code fuzz.report}, a file to add a line of the table to.
 */
public final class Fuzz {
  /** Per seed, in the build. */
  private static final int COUNT = 10_000;

  private static final long FIXED_SEED = 1;

  /** A hundred thousand times what one takes: the garbage collector and other tests have a part. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static final int KINDS_OF_FAILURE = 20;

  /** What differs where the reason is the same. */
  private static final Pattern NUMBERS = Pattern.compile("[0-9]+");

  /** What became of an input. */
  public enum Outcome {
    ACCEPTED,
    REJECTED
  }

  /** Reads one input and judges what came of it. */
  @FunctionalInterface
  public interface Judge<T> {
    /**
     * Anything that it throws is a failure: what the parser documents is caught here.
     *
     * @return whether the parser took it
     */
    Outcome read(T input) throws Exception;
  }

  private Fuzz() {}

  /**
   * Judges inputs of the seeds.
   *
   * @param parser its name in the table
   * @param share how many inputs per hundred of others': less where one takes long
   * @throws AssertionError with the seed, the number and the input of each kind of failure
   */
  public static <T> void check(
      String parser, int share, Function<RandomGenerator, T> inputs, Judge<T> judge)
      throws InterruptedException {
    String seed = System.getProperty("fuzz.seed");
    long count = Long.getLong("fuzz.count", COUNT * share / 100);
    if (seed != null) {
      new Run<>(parser, Long.parseLong(seed), inputs, judge).inputs(count);
    } else {
      new Run<>(parser, FIXED_SEED, inputs, judge).inputs(count);
      new Run<>(parser, System.nanoTime() & Integer.MAX_VALUE, inputs, judge).inputs(count);
    }
  }

  private static final class Run<T> {
    private final String parser;
    private final long seed;
    private final Function<RandomGenerator, T> inputs;
    private final Judge<T> judge;
    private final Map<String, String> failures = new LinkedHashMap<>();
    private volatile long current;
    private volatile long since = System.nanoTime();
    private long accepted;
    private long rejected;
    private long slowest;

    Run(String parser, long seed, Function<RandomGenerator, T> inputs, Judge<T> judge) {
      this.parser = parser;
      this.seed = seed;
      this.inputs = inputs;
      this.judge = judge;
    }

    void inputs(long count) throws InterruptedException {
      long first = Long.getLong("fuzz.first", 0);
      long start = System.nanoTime();
      // A thread of its own: one that hangs can be left behind, and it has the stack of any other.
      Thread thread =
          Thread.ofPlatform()
              .daemon()
              .name("fuzz-" + parser)
              .start(() -> all(first, first + count));
      while (!thread.join(Duration.ofMillis(200))) {
        if (System.nanoTime() - since > LONGEST.toNanos()) {
          fail(current, "it hangs, or takes more than " + LONGEST, thread.getStackTrace());
          break;
        }
      }
      report((System.nanoTime() - start) / 1e9);
      if (!failures.isEmpty()) {
        throw new AssertionError(
            parser + ", seed " + seed + ":\n" + String.join("\n", failures.values()));
      }
    }

    private void all(long first, long end) {
      for (long number = first; number < end && failures.size() < KINDS_OF_FAILURE; number++) {
        current = number;
        since = System.nanoTime();
        try {
          switch (judge.read(input(number))) {
            case ACCEPTED -> accepted++;
            case REJECTED -> rejected++;
          }
        } catch (Throwable failure) { // an error too is what we look for
          fail(number, String.valueOf(failure), failure.getStackTrace());
        }
        slowest = Math.max(slowest, System.nanoTime() - since);
      }
    }

    private T input(long number) {
      // Neighbouring seeds of this generator give sequences that have nothing in common.
      return inputs.apply(
          RandomGeneratorFactory.of("L64X128MixRandom")
              .create(seed * 0x9E3779B97F4A7C15L + number));
    }

    private void fail(long number, String what, StackTraceElement[] stack) {
      List<StackTraceElement> ours =
          Arrays.stream(stack).filter(one -> one.getClassName().startsWith("dev.warren")).toList();
      String kind = NUMBERS.matcher(what).replaceAll("") + ours.stream().limit(2).toList();
      String input = shown(input(number));
      failures.merge(
          kind,
          "input %d: %s\n  at %s\n  %s"
              .formatted(number, what, ours.stream().limit(6).toList(), input),
          (known, _) -> known);
    }

    private void report(double seconds) {
      String line =
          String.format(
              Locale.ROOT,
              "| %-28s | %9d | %9d | %9d | %7.1f | %9.1f | %11d |",
              parser,
              accepted + rejected,
              accepted,
              rejected,
              seconds,
              slowest / 1e6,
              seed);
      System.out.println(line);
      String report = System.getProperty("fuzz.report");
      if (report != null) {
        try {
          Files.writeString(
              Path.of(report), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
    }
  }

  private static String shown(Object input) {
    return switch (input) {
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case List<?> several -> {
        List<String> all = new ArrayList<>();
        several.forEach(one -> all.add(shown(one)));
        yield all.toString();
      }
      default -> {
        StringBuilder text = new StringBuilder("\"");
        String all = input.toString();
        all.substring(0, Math.min(all.length(), 4000))
            .chars()
            .forEach(
                c -> {
                  switch (c) {
                    case '\n' -> text.append("\\n");
                    case '"', '\\' -> text.append('\\').append((char) c);
                    default ->
                        text.append(
                            c >= ' ' && c < 0x7f ? "" + (char) c : String.format("\\u%04x", c));
                  }
                });
        yield text.append('"').toString();
      }
    };
  }
}
