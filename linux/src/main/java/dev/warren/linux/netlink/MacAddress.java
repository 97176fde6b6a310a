package dev.warren.linux.netlink;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
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

  /** The second bit says that no manufacturer gave it. */
  private static final long LOCAL = 1L << 41;

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

  /** An address by chance, as the kernel makes them: for one interface, of no manufacturer. */
  public static MacAddress random() {
    long value = ThreadLocalRandom.current().nextLong(1L << 48);
    return new MacAddress((value & ~GROUP) | LOCAL);
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

  /**
   * The IPv6 link-local address that an interface with this one gives itself: RFC 4291, 2.5.6 and
   * appendix A.
   */
  public Inet6Address linkLocal() {
    byte[] mac = bytes();
    byte[] address = {
      (byte) 0xfe,
      (byte) 0x80,
      0,
      0,
      0,
      0,
      0,
      0,
      (byte) (mac[0] ^ 2),
      mac[1],
      mac[2],
      (byte) 0xff,
      (byte) 0xfe,
      mac[3],
      mac[4],
      mac[5]
    };
    try {
      return (Inet6Address) InetAddress.getByAddress(address);
    } catch (UnknownHostException impossible) {
      throw new AssertionError("16 bytes are an address", impossible);
    }
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
