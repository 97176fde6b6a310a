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

/**
 * Writes events as a subunit stream, version 1, that {@link SubunitParser} reads back. Output that
 * looks like a command is indented by a blank.
 */
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
          case Output(String line) -> line(isCommand(line) ? " " + line : line);
        };
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a reader would take what a program printed for something else, or stumble over it. */
  private static boolean isCommand(String line) {
    return CommandLine.split(line).filter(words -> isCommandWord(words.command())).isPresent();
  }

  private static boolean isCommandWord(String word) {
    return switch (word) {
      case "test", "testing", "testsuite", "time", "progress", "tags" -> true;
      default -> ResultCommand.of(word).isPresent();
    };
  }

  private static String line(String text) {
    return text + "\n";
  }

  private static String result(String word, String name, Optional<String> reason) {
    String head = word + ": " + name;
    // A name that ends like the start of a reason needs one behind it, be it empty.
    boolean plain = !name.endsWith(" [") && !name.endsWith(" multipart");
    return reason.isEmpty() && plain
        ? line(head)
        : head + " [\n" + escaped(reason.orElse("")) + "]\n";
  }

  /** The reason with a line end, and with no line that would end it early. */
  private static String escaped(String reason) {
    StringBuilder text = new StringBuilder();
    reason.lines().forEach(line -> text.append(line.equals("]") ? " ]" : line).append('\n'));
    return text.toString();
  }
}
