package dev.warren.lab.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One block of a pcapng file: type, length, what is in it, length again; all fields padded to 32
 * bits (draft-ietf-opsawg-pcapng, 3.1). Little-endian, which the section header tells.
 */
final class Block {
  /** Option 0, opt_endofopt: no more options (3.5). */
  private static final int END_OF_OPTIONS = 0;

  private static final int LEAST = 256;

  private ByteBuffer buffer = ByteBuffer.allocate(LEAST).order(ByteOrder.LITTLE_ENDIAN);

  Block(int type) {
    buffer.putInt(type).putInt(0);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int size = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
      buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(buffer.flip());
    }
    return buffer;
  }

  Block number16(int value) {
    room(Short.BYTES).putShort((short) value);
    return this;
  }

  Block number32(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  Block number64(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  /** A point in time: the upper half first (4.3), unlike other numbers of 64 bits. */
  Block time(long nanos) {
    return number32((int) (nanos >>> Integer.SIZE)).number32((int) nanos);
  }

  /** Bytes, and zeroes up to the next 32 bits. */
  Block bytes(byte[] value) {
    int padded = (value.length + 3) & ~3;
    room(padded).put(value).put(new byte[padded - value.length]);
    return this;
  }

  /** An option, or a record of names: code, length, value. */
  Block option(int code, byte[] value) {
    return number16(code).number16(value.length).bytes(value);
  }

  /** A text; what does not fit into an option is left out. */
  Block option(int code, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    return option(code, text.length > 0xffff ? Arrays.copyOf(text, 0xffff) : text);
  }

  Block option(int code, long value) {
    return number16(code).number16(Long.BYTES).number64(value);
  }

  /** A time as the value of an option. */
  Block timeOption(int code, long nanos) {
    return number16(code).number16(Long.BYTES).time(nanos);
  }

  /** After the last option. */
  Block endOfOptions() {
    return number16(END_OF_OPTIONS).number16(0);
  }

  /** The whole block. */
  byte[] finish() {
    number32(0);
    int length = buffer.position();
    buffer.putInt(Integer.BYTES, length).putInt(length - Integer.BYTES, length);
    return Arrays.copyOf(buffer.array(), length);
  }
}
