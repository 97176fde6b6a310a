package dev.warren.selftest.results;

import dev.warren.selftest.subunit.LineDecoder;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A command that says nothing but by its exit code: the suite is its only test. The last lines that
 * it wrote belong to the reason of a failure.
 */
final class ExitCodeReader implements ResultReader {
  private static final int LINES = 10;
  private static final int LONGEST_LINE = 500;

  private final TestEvents events;
  private final String test;
  private final LineDecoder lines = new LineDecoder(this::line);
  private final Deque<String> last = new ArrayDeque<>();

  ExitCodeReader(String suite, Consumer<? super SubunitEvent> events) {
    this.events = new TestEvents(events);
    test = this.events.start(suite);
  }

  @Override
  public void feed(byte[] bytes, int offset, int length) {
    lines.feed(bytes, offset, length);
  }

  @Override
  public void finish(Outcome end, Optional<String> explanation) {
    lines.finish();
    events.finish(
        test,
        end,
        explanation.map(why -> last.isEmpty() ? why : why + "\n" + String.join("\n", last)));
  }

  private void line(String line) {
    events.output(line);
    last.addLast(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line);
    if (last.size() > LINES) {
      last.removeFirst();
    }
  }
}
