package dev.warren.selftest.subunit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines of text. Bytes that are not UTF-8 are left out; a line end is LF, CR LF or
 * CR, as Python's text files have it.
 *
 * <p>A line longer than {@link #MAX_LINE} is handed on in pieces, so that a program that prints
 * without end costs no memory.
 */
public final class LineDecoder {
  /** The longest line that stays whole, in bytes. */
  public static final int MAX_LINE = 1 << 20;

  private final Sink lines;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.IGNORE)
          .onUnmappableCharacter(CodingErrorAction.IGNORE);
  private boolean afterReturn;
  private boolean first = true;

  /**
   * A line, or a piece of one.
   *
   * @param text without the line end
   * @param first whether the line begins with it
   * @param last whether the line end follows; not where the stream ended without one
   */
  public record Line(String text, boolean first, boolean last) {}

  /** A type of its own: constructors cannot be told apart by a type argument. */
  @FunctionalInterface
  private interface Sink {
    void accept(Line line);
  }

  private LineDecoder(Sink lines) {
    this.lines = lines;
  }

  /** A decoder that hands on each line without its line end. */
  public LineDecoder(Consumer<String> lines) {
    this.lines = line -> lines.accept(line.text());
  }

  /** A decoder that hands on each line and tells how whole it is. */
  public static LineDecoder ofLines(Consumer<? super Line> lines) {
    Sink sink = lines::accept;
    return new LineDecoder(sink);
  }

  /** The next bytes. */
  public void feed(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int start = offset;
    for (int i = offset; i < end; i++) {
      byte b = bytes[i];
      if (b == '\n' && afterReturn) {
        afterReturn = false;
        start = i + 1;
        continue;
      }
      afterReturn = b == '\r';
      if (b == '\n' || b == '\r') {
        pending.write(bytes, start, i - start);
        emit(true);
        start = i + 1;
      } else if (pending.size() + (i - start) >= MAX_LINE) {
        pending.write(bytes, start, i - start);
        emit(false);
        start = i;
      }
    }
    pending.write(bytes, start, end - start);
  }

  /** Hands on what is left when the stream ended without a line end. */
  public void finish() {
    if (pending.size() > 0) {
      emit(false);
    }
  }

  private void emit(boolean last) {
    Line line = new Line(decode(pending.toByteArray()), first, last);
    pending.reset();
    first = last;
    lines.accept(line);
  }

  private String decode(byte[] line) {
    try {
      return decoder.decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("the decoder ignores what it cannot read", e);
    }
  }
}
