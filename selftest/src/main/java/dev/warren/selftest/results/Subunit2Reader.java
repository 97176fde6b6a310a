package dev.warren.selftest.results;

import dev.warren.selftest.results.Subunit2Packet.DamagedException;
import dev.warren.selftest.subunit.LineDecoder;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Subunit, version 2: binary packets, between which a command may print what it likes.
 *
 * <p>Source: the section "Version 2" of the README of subunit, {@link Subunit2Packet}. What is in
 * no packet is output; a packet starts where a character could, so that its first byte within a
 * character of UTF-8 is none. A damaged packet is an error, for nobody knows what it said.
 */
final class Subunit2Reader implements ResultReader {
  private static final String PARSER = "subunit.parser";

  private final TestEvents events;
  private final LineDecoder output;
  private final Utf8Position position = new Utf8Position();
  private final Map<Key, OpenTest> open = new HashMap<>();
  private byte[] packet = new byte[256];
  private int size;

  /** Tests of the same id that came along different routes are different tests. */
  private record Key(String route, String id) {}

  Subunit2Reader(Consumer<? super SubunitEvent> events) {
    this.events = new TestEvents(events);
    this.output = new LineDecoder(this.events::output);
  }

  @Override
  public void feed(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (size > 0) {
        collect(bytes[i]);
      } else if (bytes[i] == Subunit2Packet.SIGNATURE && !position.isWithinCharacter()) {
        collect(bytes[i]);
      } else {
        text(bytes[i]);
      }
    }
  }

  @Override
  public void finish(Outcome end, Optional<String> explanation) {
    if (size > 0) {
      events.error(PARSER, "a packet is cut off after %d bytes".formatted(size));
    }
    output.finish();
    events.finishOpen();
  }

  private void text(byte b) {
    position.next(b);
    output.feed(new byte[] {b}, 0, 1);
  }

  private void collect(byte next) {
    if (size == packet.length) {
      packet = Arrays.copyOf(packet, size * 2);
    }
    packet[size++] = next;
    if (size <= Subunit2Packet.LONGEST_HEADER && !Subunit2Packet.mayBegin(packet, size)) {
      giveBack();
      return;
    }
    OptionalInt length = Subunit2Packet.length(packet, size);
    if (length.isEmpty() || size < length.getAsInt()) {
      return;
    }
    try {
      packet(Subunit2Packet.read(packet, size));
    } catch (DamagedException e) {
      // What it holds is not read again: that would take for ever where there are many.
      events.error(PARSER, String.valueOf(e.getMessage()));
    }
    size = 0;
  }

  /** It was binary output that has the same first byte: that one is output, the others are new. */
  private void giveBack() {
    byte[] bytes = Arrays.copyOf(packet, size);
    size = 0;
    text(bytes[0]);
    feed(bytes, 1, bytes.length - 1);
  }

  private void packet(Subunit2Packet read) {
    read.timestamp().ifPresent(events::time);
    if (read.testId().isEmpty()) {
      read.file()
          .map(Subunit2Packet.Attachment::content)
          .ifPresent(content -> output.feed(content, 0, content.length));
      return;
    }
    Key key = new Key(read.route().orElse(""), read.testId().get());
    boolean says =
        switch (read.status()) {
          case UNDEFINED -> read.file().isPresent();
          // Only that there is such a test.
          case EXISTS -> false;
          default -> true;
        };
    if (!says) {
      return;
    }
    OpenTest test = open.computeIfAbsent(key, _ -> new OpenTest(events.start(key.id())));
    read.file().ifPresent(file -> test.attach(file, read.mimeType()));
    read.status()
        .outcome()
        .ifPresent(
            end -> {
              open.remove(key);
              events.finish(test.name(), end, test.reason());
            });
  }
}
