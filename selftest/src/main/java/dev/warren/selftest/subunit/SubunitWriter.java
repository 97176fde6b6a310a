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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes events as a subunit stream, version 1, that {@link SubunitParser} reads back. */
public final class SubunitWriter {
  private final OutputStream out;

  /** A writer onto {@code out}, which it neither buffers nor closes. */
  public SubunitWriter(OutputStream out) {
    this.out = out;
  }

  /** Appends one event, a line or, with a reason, several. */
  public void write(SubunitEvent event) throws IOException {
    String text =
        switch (event) {
          case TestStarted(String id) -> line("test: " + id);
          case TestFinished(String id, Outcome outcome, Optional<String> reason) ->
              result(outcome.word(), id, reason);
          case SuiteStarted(String name) -> line("testsuite: " + name);
          case SuiteFinished(String name, Outcome outcome, Optional<String> reason) ->
              result("testsuite-" + outcome.word(), name, reason);
          case SuiteSkipped(String name, Optional<String> reason) ->
              result("skip-testsuite", name, reason);
          case Time time -> line("time: " + SubunitTime.format(time.instant()));
          case ProgressPushed() -> line("progress: push");
          case ProgressPopped() -> line("progress: pop");
          case ProgressSet(long count, boolean relative) ->
              line("progress: " + (relative && count >= 0 ? "+" : "") + count);
          case Output(String line) -> line(line);
        };
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String line(String text) {
    return text + "\n";
  }

  private static String result(String word, String name, Optional<String> reason) {
    String head = word + ": " + name;
    return reason.map(text -> head + " [\n" + escaped(text) + "]\n").orElse(head + "\n");
  }

  /** The reason with a line end, and with no line that would end it early. */
  private static String escaped(String reason) {
    StringBuilder text = new StringBuilder();
    reason.lines().forEach(line -> text.append(line.equals("]") ? " ]" : line).append('\n'));
    return text.toString();
  }
}
