package dev.warren.selftest.results;

import dev.warren.selftest.subunit.Outcome;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * One packet of subunit, version 2: signature, 16 flags, length, the parts that the flags name, and
 * a CRC-32 of all that; numbers are big-endian, or of a variable length that their first two bits
 * tell.
 *
 * <p>Source: the section "Version 2" of subunit's README.
 *
 * @param status what it says of the test
 * @param route which of several streams it came along
 * @param timestamp when that was
 * @param testId the test; empty for what is of the whole suite
 * @param mimeType of the file
 * @param file a piece of a file
 */
record Subunit2Packet(
    Status status,
    Optional<String> route,
    Optional<Instant> timestamp,
    Optional<String> testId,
    Optional<String> mimeType,
    Optional<Attachment> file) {

  /** The first byte; no character of UTF-8 begins with it. */
  static final byte SIGNATURE = (byte) 0xb3;

  /** Signature, flags, and the longest length that a packet may have. */
  static final int LONGEST_HEADER = 6;

  private static final int VERSION = 0x2;
  private static final int TEST_ID = 0x0800;
  private static final int ROUTE = 0x0400;
  private static final int TIMESTAMP = 0x0200;
  private static final int TAGS = 0x0080;
  private static final int FILE = 0x0040;
  private static final int MIME_TYPE = 0x0020;
  private static final int RESERVED = 0x0008;

  /** Signature, flags, a length of one byte, and the checksum. */
  private static final int SHORTEST = 8;

  private static final int CHECKSUM = 4;

  /** The states of a test, in the order of their numbers. */
  enum Status {
    UNDEFINED(Optional.empty()),
    EXISTS(Optional.empty()),
    IN_PROGRESS(Optional.empty()),
    SUCCESS(Optional.of(Outcome.SUCCESS)),
    UNEXPECTED_SUCCESS(Optional.of(Outcome.UXSUCCESS)),
    SKIPPED(Optional.of(Outcome.SKIP)),
    FAILED(Optional.of(Outcome.FAILURE)),
    EXPECTED_FAILURE(Optional.of(Outcome.XFAIL));

    private final Optional<Outcome> outcome;

    Status(Optional<Outcome> outcome) {
      this.outcome = outcome;
    }

    /** What it is as the last word on a test; empty for those that are not the last. */
    Optional<Outcome> outcome() {
      return outcome;
    }
  }

  /** A piece of a file. */
  static final class Attachment {
    private final String name;
    private final byte[] content;

    private Attachment(String name, byte[] content) {
      this.name = name;
      this.content = content;
    }

    String name() {
      return name;
    }

    byte[] content() {
      return content.clone();
    }
  }

  /** The packet is not what its checksum or its lengths say. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1;

    DamagedException(String message) {
      super(message);
    }
  }

  /** Whether the first bytes are those of a packet of this version, as far as they go. */
  static boolean mayBegin(byte[] bytes, int size) {
    return bytes[0] == SIGNATURE
        && (size < 2 || (bytes[1] & 0xf0) >> 4 == VERSION)
        && (size < 3 || (bytes[2] & RESERVED) == 0)
        // A length of four bytes is more than a packet may have.
        && (size < 4 || (bytes[3] & 0xc0) != 0xc0)
        && length(bytes, size).orElse(SHORTEST) >= SHORTEST;
  }

  /** How long the whole packet is; empty while that has not come. At most 4 MiB. */
  static OptionalInt length(byte[] bytes, int size) {
    int extra = size < 4 ? 0 : (bytes[3] & 0xc0) >> 6;
    if (size < 4 + extra) {
      return OptionalInt.empty();
    }
    int length = bytes[3] & 0x3f;
    for (int i = 0; i < extra; i++) {
      length = (length << 8) | (bytes[4 + i] & 0xff);
    }
    return OptionalInt.of(length);
  }

  /**
   * Reads a packet of which all bytes are there.
   *
   * @throws DamagedException when it is none
   */
  static Subunit2Packet read(byte[] bytes, int size) throws DamagedException {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, size - CHECKSUM);
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, size);
    if ((int) sum.getValue() != in.getInt(size - CHECKSUM)) {
      throw new DamagedException("the checksum of a packet is wrong");
    }
    in.limit(size - CHECKSUM);
    in.position(1);
    try {
      int flags = in.getShort();
      number(in);
      Optional<Instant> timestamp =
          (flags & TIMESTAMP) == 0
              ? Optional.empty()
              : Optional.of(Instant.ofEpochSecond(in.getInt() & 0xffffffffL, number(in)));
      Optional<String> testId = optionalText(in, flags, TEST_ID);
      if ((flags & TAGS) != 0) {
        for (int i = number(in); i > 0; i--) {
          text(in);
        }
      }
      Optional<String> mimeType = optionalText(in, flags, MIME_TYPE);
      Optional<Attachment> file =
          (flags & FILE) == 0 ? Optional.empty() : Optional.of(new Attachment(text(in), bytes(in)));
      Optional<String> route = optionalText(in, flags, ROUTE);
      Status status = Status.values()[flags & 0x7];
      return new Subunit2Packet(status, route, timestamp, testId, mimeType, file);
    } catch (BufferUnderflowException e) {
      throw new DamagedException("a part of a packet goes beyond its end");
    } catch (CharacterCodingException e) {
      throw new DamagedException("a text in a packet is not in UTF-8");
    }
  }

  private static Optional<String> optionalText(ByteBuffer in, int flags, int flag)
      throws CharacterCodingException {
    return (flags & flag) == 0 ? Optional.empty() : Optional.of(text(in));
  }

  private static String text(ByteBuffer in) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(in))).toString();
  }

  private static byte[] bytes(ByteBuffer in) {
    int length = number(in);
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static int number(ByteBuffer in) {
    int first = in.get() & 0xff;
    int value = first & 0x3f;
    for (int i = first >> 6; i > 0; i--) {
      value = (value << 8) | (in.get() & 0xff);
    }
    return value;
  }
}
