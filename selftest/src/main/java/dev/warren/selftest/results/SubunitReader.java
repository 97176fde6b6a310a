package dev.warren.selftest.results;

import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.subunit.SubunitParser;
import java.util.Optional;
import java.util.function.Consumer;

/** Subunit, version 1: all that it says is in the stream. */
final class SubunitReader implements ResultReader {
  private final SubunitParser parser;

  SubunitReader(Consumer<? super SubunitEvent> events) {
    parser = new SubunitParser(events);
  }

  @Override
  public void feed(byte[] bytes, int offset, int length) {
    parser.feed(bytes, offset, length);
  }

  @Override
  public void finish(Outcome end, Optional<String> explanation) {
    parser.finish();
  }
}
