package dev.warren.linux.netlink;

import dev.warren.linux.kernel.KernelException;
import java.nio.ByteBuffer;
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
    for (ByteBuffer message : Message.split(buffer)) {
      int index = message.getInt(Message.SEQUENCE) - first;
      if (message.getShort(Message.TYPE) == NLMSG_ERROR && index >= 0 && index < requests.size()) {
        readError(message, index);
      }
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
    return Attributes.read(message, Message.HEADER + Integer.BYTES + Message.HEADER)
        .text(NLMSGERR_ATTR_MSG)
        .orElse("");
  }

  void throwIfRefused() throws KernelException {
    if (!refused.isEmpty()) {
      KernelException failure = refused.getFirst();
      refused.stream().skip(1).forEach(failure::addSuppressed);
      throw failure;
    }
  }
}
