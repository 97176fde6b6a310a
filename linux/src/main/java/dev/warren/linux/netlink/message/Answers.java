package dev.warren.linux.netlink.message;

import dev.warren.linux.kernel.KernelException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What the kernel answers to a batch: an NLMSG_ERROR for each request that failed, and one for the
 * last in any case (error 0 is success). Layout from linux/netlink.h, with NETLINK_CAP_ACK: the
 * error number, the header of the request, then attributes.
 */
public final class Answers implements Reader {
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSGERR_ATTR_MSG = 1;

  private final int count;
  private final IntFunction<String> describe;
  private final int first;
  private final List<KernelException> refused = new ArrayList<>();
  private final BitSet refusedOnes = new BitSet();
  private boolean complete;

  /**
   * What is to be answered.
   *
   * @param count how many requests
   * @param describe one of them in words, by its number from 0
   * @param firstSequence the sequence number of the first
   */
  public Answers(int count, IntFunction<String> describe, int firstSequence) {
    this.count = count;
    this.describe = describe;
    this.first = firstSequence;
  }

  /** Whether the last request was answered. */
  @Override
  public boolean complete() {
    return complete;
  }

  @Override
  public void read(ByteBuffer buffer) throws KernelException {
    for (ByteBuffer message : Message.split(buffer)) {
      int index = message.getInt(Message.SEQUENCE) - first;
      if (message.getShort(Message.TYPE) == NLMSG_ERROR && index >= 0 && index < count) {
        readError(message, index);
      }
    }
  }

  private void readError(ByteBuffer message, int index) throws KernelException {
    Message.requireFixed(message, Integer.BYTES);
    int error = -message.getInt(Message.HEADER);
    if (error != 0) {
      String action = describe.apply(index);
      refusedOnes.set(index);
      String words = explanation(message);
      refused.add(
          words.isEmpty()
              ? KernelException.of(action, error)
              : KernelException.explained(action, error, words));
    }
    complete |= index == count - 1;
  }

  private static String explanation(ByteBuffer message) {
    return Attributes.read(message, Message.HEADER + Integer.BYTES + Message.HEADER)
        .text(NLMSGERR_ATTR_MSG)
        .orElse("");
  }

  /** Whether a request was refused. */
  public boolean isRefused(int index) {
    return refusedOnes.get(index);
  }

  /** Throws for the first request that was refused; further ones are suppressed failures. */
  public void throwIfRefused() throws KernelException {
    if (!refused.isEmpty()) {
      KernelException failure = refused.getFirst();
      refused.stream().skip(1).forEach(failure::addSuppressed);
      throw failure;
    }
  }
}
