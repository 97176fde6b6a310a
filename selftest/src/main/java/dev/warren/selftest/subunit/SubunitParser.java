package dev.warren.selftest.subunit;

import dev.warren.selftest.subunit.SubunitEvent.Output;
import dev.warren.selftest.subunit.SubunitEvent.ProgressPopped;
import dev.warren.selftest.subunit.SubunitEvent.ProgressPushed;
import dev.warren.selftest.subunit.SubunitEvent.ProgressSet;
import dev.warren.selftest.subunit.SubunitEvent.SuiteFinished;
import dev.warren.selftest.subunit.SubunitEvent.SuiteSkipped;
import dev.warren.selftest.subunit.SubunitEvent.SuiteStarted;
import dev.warren.selftest.subunit.SubunitEvent.TestFinished;
import dev.warren.selftest.subunit.SubunitEvent.TestStarted;
import dev.warren.selftest.subunit.SubunitEvent.Time;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a subunit stream, version 1 as Samba speaks it, piece by piece as it arrives.
 *
 * <p>The events are consistent whatever the bytes were: a test that finishes was started or is an
 * error (skips and errors may come unannounced), and a test that was started finishes. Not for use
 * by several threads.
 */
public final class SubunitParser {
  /** The longest reason that is kept, in characters. */
  static final int MAX_REASON = 1 << 20;

  private static final String NEVER_STARTED = "Test was never started";
  private static final String ALREADY_RUNNING = "Test already running";
  private static final String NEVER_FINISHED = "was started but never finished!";

  private final Consumer<? super SubunitEvent> events;
  private final LineDecoder decoder = new LineDecoder(this::line);
  private final Set<String> open = new LinkedHashSet<>();
  private @Nullable OpenReason reason;
  private boolean finished;

  /** A parser that hands every event on at once, on the thread that feeds it. */
  public SubunitParser(Consumer<? super SubunitEvent> events) {
    this.events = events;
  }

  /** The next bytes of the stream. */
  public void feed(byte[] bytes, int offset, int length) {
    if (finished) {
      throw new IllegalStateException("the stream was finished");
    }
    decoder.feed(bytes, offset, length);
  }

  /** The stream ended: what is open ends as an error. A second call does nothing. */
  public void finish() {
    if (finished) {
      return;
    }
    decoder.finish();
    finished = true;
    OpenReason cut = reason;
    if (cut != null) {
      reason = null;
      interrupted(cut);
    }
    for (String id : List.copyOf(open)) {
      finish(id, Outcome.ERROR, Optional.of(NEVER_FINISHED));
    }
  }

  private void line(String line) {
    OpenReason current = reason;
    if (current == null) {
      Optional<Words> words = Words.split(line);
      if (words.isEmpty() || !command(words.get())) {
        events.accept(new Output(line));
      }
    } else if (line.equals("]")) {
      reason = null;
      result(current.command, current.name, Optional.of(current.text()));
    } else {
      current.add(line);
    }
  }

  /** Carries a line out; false when it is none of the stream's own. */
  private boolean command(Words words) {
    String argument = words.argument;
    switch (words.command) {
      case "test", "testing" -> start(argument);
      case "testsuite" -> events.accept(new SuiteStarted(argument));
      case "time" -> {
        Optional<Instant> time = SubunitTime.parse(argument);
        time.ifPresent(instant -> events.accept(new Time(instant)));
        return time.isPresent();
      }
      case "progress" -> {
        return progress(argument);
      }
      default -> {
        Optional<ResultCommand> command = ResultCommand.of(words.command);
        command.ifPresent(result -> result(result, argument));
        return command.isPresent();
      }
    }
    return true;
  }

  private void start(String id) {
    if (open.contains(id)) {
      finish(id, Outcome.ERROR, Optional.of(ALREADY_RUNNING));
    }
    open.add(id);
    events.accept(new TestStarted(id));
  }

  private boolean progress(String argument) {
    switch (argument) {
      case "push" -> events.accept(new ProgressPushed());
      case "pop" -> events.accept(new ProgressPopped());
      default -> {
        boolean relative = argument.startsWith("+") || argument.startsWith("-");
        OptionalLong count = number(argument);
        count.ifPresent(number -> events.accept(new ProgressSet(number, relative)));
        return count.isPresent();
      }
    }
    return true;
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private void result(ResultCommand command, String argument) {
    String rest = argument;
    if (rest.endsWith(" multipart")) {
      rest = rest.substring(0, rest.length() - " multipart".length()).stripTrailing();
    }
    if (rest.endsWith(" [")) {
      reason = new OpenReason(command, rest.substring(0, rest.length() - 2));
    } else {
      result(command, rest, Optional.empty());
    }
  }

  private void result(ResultCommand command, String name, Optional<String> reason) {
    switch (command) {
      case ResultCommand.OfTest(Outcome outcome) -> finish(name, outcome, reason);
      case ResultCommand.OfSuite(Outcome outcome) ->
          events.accept(new SuiteFinished(name, outcome, reason));
      case ResultCommand.SkippedSuite() -> events.accept(new SuiteSkipped(name, reason));
    }
  }

  private void interrupted(OpenReason cut) {
    Optional<String> text =
        Optional.of(
            "result (%s) reason (%s) interrupted".formatted(cut.command.word(), cut.text()));
    switch (cut.command) {
      case ResultCommand.OfTest _ -> finish(cut.name, Outcome.ERROR, text);
      case ResultCommand.OfSuite _, ResultCommand.SkippedSuite _ ->
          events.accept(new SuiteFinished(cut.name, Outcome.ERROR, text));
    }
  }

  private void finish(String id, Outcome outcome, Optional<String> reason) {
    boolean started = open.remove(id);
    if (started || outcome == Outcome.SKIP || outcome == Outcome.ERROR) {
      events.accept(new TestFinished(id, outcome, reason));
    } else {
      events.accept(new TestFinished(id, Outcome.ERROR, Optional.of(NEVER_STARTED)));
    }
  }

  /** The reason whose closing bracket has not come yet. */
  private static final class OpenReason {
    private final ResultCommand command;
    private final String name;
    private final StringBuilder text = new StringBuilder();

    OpenReason(ResultCommand command, String name) {
      this.command = command;
      this.name = name;
    }

    void add(String line) {
      if (text.length() + line.length() < MAX_REASON) {
        text.append(line).append('\n');
      }
    }

    String text() {
      return text.toString().stripTrailing();
    }
  }

  /** A line's first word, less the colon, and the rest. */
  private record Words(String command, String argument) {
    static Optional<Words> split(String line) {
      int end = 0;
      while (end < line.length() && !isSpace(line.charAt(end))) {
        end++;
      }
      int argument = end;
      while (argument < line.length() && isSpace(line.charAt(argument))) {
        argument++;
      }
      if (end == 0 || argument == line.length()) {
        return Optional.empty();
      }
      int word = end;
      while (word > 0 && line.charAt(word - 1) == ':') {
        word--;
      }
      return Optional.of(
          new Words(line.substring(0, word), line.substring(argument).stripTrailing()));
    }

    private static boolean isSpace(char c) {
      return Character.isWhitespace(c);
    }
  }
}
