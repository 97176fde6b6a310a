package dev.warren.linux.netlink.message;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the attributes that follow the fixed part of a message; unknown ones do not matter. */
public final class Attributes {
  private static final int HEADER = 4;

  /** An attribute's type without the flag bits, NLA_TYPE_MASK of linux/netlink.h. */
  private static final int TYPE_MASK = 0x3fff;

  private final Map<Integer, ByteBuffer> values = new HashMap<>();

  private Attributes() {}

  /** The attributes from an offset to the buffer's limit; a broken one ends them. */
  public static Attributes read(ByteBuffer buffer, int offset) {
    Attributes attributes = new Attributes();
    int at = offset;
    while (buffer.limit() - at >= HEADER) {
      int length = Short.toUnsignedInt(buffer.getShort(at));
      if (length < HEADER || length > buffer.limit() - at) {
        break;
      }
      attributes.values.put(
          buffer.getShort(at + 2) & TYPE_MASK,
          buffer.slice(at + HEADER, length - HEADER).order(buffer.order()));
      at += Message.align(length);
    }
    return attributes;
  }

  /** The bytes of one. */
  public Optional<ByteBuffer> get(int type) {
    return Optional.ofNullable(values.get(type));
  }

  /** A number of four bytes. */
  public OptionalInt integer(int type) {
    ByteBuffer value = values.get(type);
    return value == null || value.limit() < Integer.BYTES
        ? OptionalInt.empty()
        : OptionalInt.of(value.getInt(0));
  }

  /** A single byte that says yes or no, or a number. */
  public OptionalInt octet(int type) {
    ByteBuffer value = values.get(type);
    return value == null || value.limit() < 1
        ? OptionalInt.empty()
        : OptionalInt.of(value.get(0) & 0xff);
  }

  /** A copy of the bytes of one. */
  public Optional<byte[]> bytes(int type) {
    return get(type)
        .map(
            value -> {
              byte[] bytes = new byte[value.limit()];
              value.get(0, bytes);
              return bytes;
            });
  }

  /** A text, without the NUL that ends it. */
  public Optional<String> text(int type) {
    return bytes(type).map(b -> new String(b, StandardCharsets.UTF_8).replace("\0", "").strip());
  }

  /** An address, IPv4 or IPv6. */
  public Optional<InetAddress> address(int type) {
    return bytes(type)
        .filter(bytes -> bytes.length == 4 || bytes.length == 16)
        .map(
            bytes -> {
              try {
                return InetAddress.getByAddress(bytes);
              } catch (UnknownHostException e) {
                throw new AssertionError("4 or 16 octets", e);
              }
            });
  }

  /** The attributes inside one. */
  public Attributes nested(int type) {
    return get(type).map(value -> read(value, 0)).orElseGet(Attributes::new);
  }
}
