package dev.warren.linux.netlink;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A hardware address of Ethernet.
 *
 * @param value its six bytes, the first one highest
 */
public record MacAddress(long value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");
  private static final int BYTES = 6;

  /** IEEE 802, 8.2: the first bit on the wire, the lowest of the first byte, says group. */
  private static final long GROUP = 1L << 40;

  /** Checks the range. */
  public MacAddress {
    if (value < 0 || value >= 1L << 48) {
      throw new IllegalArgumentException(value + " has more than six bytes");
    }
  }

  /**
   * Reads {@code 02:00:00:00:00:1e}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static MacAddress parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no hardware address: write it like 02:00:00:00:00:1e".formatted(text));
    }
    return new MacAddress(Long.parseLong(text.replace(":", ""), 16));
  }

  /** An address from its six bytes. */
  static MacAddress of(byte[] bytes) {
    long value = 0;
    for (byte one : bytes) {
      value = (value << Byte.SIZE) | (one & 0xff);
    }
    return new MacAddress(value);
  }

  /** The six bytes, in the order of the wire. */
  public byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = (byte) (value >> ((BYTES - 1 - i) * Byte.SIZE));
    }
    return bytes;
  }

  /** Whether one interface can have it: no group address, and not all zeroes. */
  public boolean isUnicast() {
    return value != 0 && (value & GROUP) == 0;
  }

  /** {@code 02:00:00:00:00:1e}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%012x", value).replaceAll("(..)(?!$)", "$1:");
  }
}
