package dev.warren.linux.netlink.message;

import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.KernelException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes one netlink message: the header (linux/netlink.h), a fixed part, and attributes that may
 * nest (linux/rtnetlink.h). Everything is aligned to four bytes.
 */
public final class Message {
  /** Offsets in struct nlmsghdr. */
  public static final int LENGTH = 0;

  public static final int TYPE = 4;
  public static final int FLAGS = 6;
  public static final int SEQUENCE = 8;

  public static final int HEADER = 16;

  private final ByteBuffer buffer;
  private final int start;

  /** Begins a message at the buffer's position. */
  public Message(ByteBuffer buffer, int type, int flags, int sequence) {
    if (buffer.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException("netlink speaks the machine's own byte order");
    }
    this.buffer = buffer;
    this.start = buffer.position();
    buffer.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence).putInt(0);
  }

  /**
   * struct ifinfomsg of linux/rtnetlink.h.
   *
   * @param changed which of the flags are meant
   */
  public Message link(int index, int flags, int changed) {
    buffer.putInt(0).putInt(index).putInt(flags).putInt(changed);
    return this;
  }

  /** Four bytes, as most fixed parts begin. */
  public Message bytes(int a, int b, int c, int d) {
    buffer.put((byte) a).put((byte) b).put((byte) c).put((byte) d);
    return this;
  }

  /** Four bytes of fixed part. */
  public Message integer(int value) {
    buffer.putInt(value);
    return this;
  }

  /** An attribute of any bytes. */
  public Message attribute(int type, byte[] value) {
    int at = begin(type);
    buffer.put(value);
    end(at);
    return this;
  }

  /** An attribute of four bytes. */
  public Message attribute(int type, int value) {
    int at = begin(type);
    buffer.putInt(value);
    end(at);
    return this;
  }

  /** An attribute of eight bytes. */
  public Message attribute(int type, long value) {
    int at = begin(type);
    buffer.putLong(value);
    end(at);
    return this;
  }

  /** An attribute of four bytes that is big-endian, as nftables has all numbers. */
  public Message bigEndian(int type, int value) {
    return attribute(
        type,
        new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
  }

  /** An attribute of two bytes. */
  public Message attribute(int type, short value) {
    int at = begin(type);
    buffer.putShort(value);
    end(at);
    return this;
  }

  /** An attribute of one byte. */
  public Message attribute(int type, byte value) {
    int at = begin(type);
    buffer.put(value);
    end(at);
    return this;
  }

  /** A text, NUL-ended as the kernel wants names. */
  public Message attribute(int type, String value) {
    int at = begin(type);
    buffer.put(value.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
    end(at);
    return this;
  }

  /** An attribute that holds attributes. */
  public Message nested(int type, Runnable body) {
    int at = begin(type);
    body.run();
    end(at);
    return this;
  }

  /** Ends the message: its length is known now. */
  public void finish() {
    buffer.putInt(start + LENGTH, buffer.position() - start);
  }

  /**
   * The messages of a datagram from the kernel.
   *
   * @throws KernelException when their lengths are not those of messages in it
   */
  public static List<ByteBuffer> split(ByteBuffer buffer) throws KernelException {
    List<ByteBuffer> messages = new ArrayList<>();
    int at = 0;
    while (buffer.limit() - at >= HEADER) {
      int length = buffer.getInt(at + LENGTH);
      if (length < HEADER || length > buffer.limit() - at) {
        throw malformed("a message of length " + length);
      }
      messages.add(buffer.slice(at, length).order(buffer.order()));
      at += align(length);
    }
    return messages;
  }

  /**
   * Checks that a message from the kernel has its header and so many bytes more.
   *
   * @throws KernelException when it is shorter
   */
  public static void requireFixed(ByteBuffer message, int fixed) throws KernelException {
    if (message.limit() < HEADER + fixed) {
      throw malformed(
          "a message of %d bytes where %d are the least"
              .formatted(message.limit(), HEADER + fixed));
    }
  }

  /**
   * Checks that a prefix is no longer than its address, where there is one.
   *
   * @param prefix in bits
   * @throws KernelException when it is longer
   */
  public static void requirePrefix(int prefix, Optional<InetAddress> address)
      throws KernelException {
    if (address.filter(one -> prefix > one.getAddress().length * Byte.SIZE).isPresent()) {
      throw malformed("a prefix of %d bits".formatted(prefix));
    }
  }

  /** For an answer that is none. */
  public static KernelException malformed(String what) {
    return KernelException.explained(
        "read netlink", Errno.EBADMSG.number(), "the kernel sent " + what);
  }

  /** Everything starts at a multiple of four bytes. */
  public static int align(int length) {
    return length + 3 & ~3;
  }

  private int begin(int type) {
    int at = buffer.position();
    buffer.putShort((short) 0).putShort((short) type);
    return at;
  }

  private void end(int at) {
    buffer.putShort(at, (short) (buffer.position() - at));
    while (buffer.position() % 4 != 0) {
      buffer.put((byte) 0);
    }
  }
}
