package dev.warren.selftest.subunit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines of text. Bytes that are not UTF-8 are left out; a line end is LF or CR LF.
 *
 * <p>A line longer than {@link #MAX_LINE} is handed on in pieces, so that a program that prints
 * without end costs no memory.
 */
public final class LineDecoder {
  /** The longest line that stays whole, in bytes. */
  static final int MAX_LINE = 1 << 20;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.IGNORE)
          .onUnmappableCharacter(CodingErrorAction.IGNORE);

  /** A decoder that hands on each line without its line end. */
  public LineDecoder(Consumer<String> lines) {
    this.lines = lines;
  }

  /** The next bytes. */
  public void feed(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int start = offset;
    for (int i = offset; i < end; i++) {
      if (bytes[i] == '\n') {
        pending.write(bytes, start, i - start);
        emit();
        start = i + 1;
      } else if (pending.size() + (i - start) >= MAX_LINE) {
        pending.write(bytes, start, i - start);
        emit();
        start = i;
      }
    }
    pending.write(bytes, start, end - start);
  }

  /** Hands on what is left when the stream ended without a line end. */
  public void finish() {
    if (pending.size() > 0) {
      emit();
    }
  }

  private void emit() {
    String line = decode(pending.toByteArray());
    pending.reset();
    lines.accept(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
  }

  private String decode(byte[] line) {
    try {
      return decoder.decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("the decoder ignores what it cannot read", e);
    }
  }
}
