package dev.warren.linux.netlink;

import dev.warren.linux.kernel.KernelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel answers to a batch: an NLMSG_ERROR for each request that failed, and one for the
 * last in any case (error 0 is success). Layout from linux/netlink.h, with NETLINK_CAP_ACK: the
 * error number, the header of the request, then attributes.
 */
final class Answers {
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSGERR_ATTR_MSG = 1;
  private static final int ATTRIBUTE_HEADER = 4;

  /** Attributes' type without the flag bits, NLA_TYPE_MASK. */
  private static final int TYPE_MASK = 0x3fff;

  private final List<? extends Request> requests;
  private final int first;
  private final List<KernelException> refused = new ArrayList<>();
  private boolean complete;

  Answers(List<? extends Request> requests, int firstSequence) {
    this.requests = requests;
    this.first = firstSequence;
  }

  /** Whether the last request was answered. */
  boolean complete() {
    return complete;
  }

  /** Reads one datagram, which may hold several messages. */
  void read(ByteBuffer buffer) {
    int at = 0;
    while (buffer.limit() - at >= Message.HEADER) {
      int length = buffer.getInt(at + Message.LENGTH);
      if (length < Message.HEADER || length > buffer.limit() - at) {
        throw new IllegalStateException("the kernel sent a netlink message of length " + length);
      }
      int type = buffer.getShort(at + 4);
      int index = buffer.getInt(at + Message.SEQUENCE) - first;
      if (type == NLMSG_ERROR && index >= 0 && index < requests.size()) {
        readError(buffer.slice(at, length).order(buffer.order()), index);
      }
      at += align(length);
    }
  }

  private void readError(ByteBuffer message, int index) {
    int error = -message.getInt(Message.HEADER);
    if (error != 0) {
      String action = requests.get(index).describe();
      String words = explanation(message);
      refused.add(
          words.isEmpty()
              ? KernelException.of(action, error)
              : KernelException.explained(action, error, words));
    }
    complete |= index == requests.size() - 1;
  }

  private static String explanation(ByteBuffer message) {
    int at = Message.HEADER + Integer.BYTES + Message.HEADER;
    while (message.limit() - at >= ATTRIBUTE_HEADER) {
      int length = Short.toUnsignedInt(message.getShort(at));
      if (length < ATTRIBUTE_HEADER || length > message.limit() - at) {
        break;
      }
      if ((message.getShort(at + 2) & TYPE_MASK) == NLMSGERR_ATTR_MSG) {
        byte[] text = new byte[length - ATTRIBUTE_HEADER];
        message.get(at + ATTRIBUTE_HEADER, text);
        return new String(text, StandardCharsets.UTF_8).replace("\0", "").strip();
      }
      at += align(length);
    }
    return "";
  }

  void throwIfRefused() throws KernelException {
    if (!refused.isEmpty()) {
      KernelException failure = refused.getFirst();
      refused.stream().skip(1).forEach(failure::addSuppressed);
      throw failure;
    }
  }

  private static int align(int length) {
    return length + 3 & ~3;
  }
}
