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
  private final LineDecoder decoder = LineDecoder.ofLines(this::line);
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
      // Also where it is a suite's: Samba's scripts make a test of it.
      error(
          cut.name,
          "result (%s) reason (%s) interrupted".formatted(cut.command.word(), cut.text()));
    }
    // The last one first, as Samba's scripts do.
    for (String id : List.copyOf(open).reversed()) {
      error(id, NEVER_FINISHED);
    }
  }

  private void line(LineDecoder.Line line) {
    OpenReason current = reason;
    if (current == null) {
      // A later piece of a line that was too long for one is nothing but what a program printed.
      Optional<CommandLine> command =
          line.first() ? CommandLine.split(line.text()) : Optional.empty();
      if (command.isEmpty() || !command(command.get(), line.last())) {
        events.accept(new Output(line.text()));
      }
    } else if (line.text().equals("]") && line.first() && line.last()) {
      reason = null;
      result(current.command, current.name, Optional.of(current.text()));
    } else {
      current.add(line);
    }
  }

  /** Carries a line out; false when it is none of the stream's own. */
  private boolean command(CommandLine line, boolean ended) {
    switch (line.command()) {
      case "test", "testing" -> start(line.argument());
      case "testsuite" -> events.accept(new SuiteStarted(line.argument()));
      case "time" -> {
        Optional<Instant> time = SubunitTime.parse(line.argument());
        time.ifPresent(instant -> events.accept(new Time(instant)));
        return time.isPresent();
      }
      case "progress" -> {
        return progress(line.argument());
      }
      default -> {
        Optional<ResultCommand> command = ResultCommand.of(line.command());
        command.ifPresent(result -> result(result, line, ended));
        return command.isPresent();
      }
    }
    return true;
  }

  private void start(String id) {
    if (open.contains(id)) {
      error(id, ALREADY_RUNNING);
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

  private void result(ResultCommand command, CommandLine line, boolean ended) {
    String name = line.resultName();
    if (!ended) {
      // Who knows how the line went on: a stream that was cut is never a success.
      error(name, "the result (%s) has no line end".formatted(command.word()));
    } else if (line.opensReason()) {
      reason = new OpenReason(command, name);
    } else {
      result(command, name, Optional.empty());
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

  private void error(String id, String reason) {
    finish(id, Outcome.ERROR, Optional.of(reason));
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

    void add(LineDecoder.Line line) {
      if (text.length() + line.text().length() < MAX_REASON) {
        text.append(line.text()).append(line.last() ? "\n" : "");
      }
    }

    String text() {
      return text.toString().stripTrailing();
    }
  }
}
