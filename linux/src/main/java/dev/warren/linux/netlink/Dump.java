package dev.warren.linux.netlink;

import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.message.Message;
import dev.warren.linux.netlink.message.Reader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel answers when it is asked for everything of a kind: messages until NLMSG_DONE.
 * Constants from linux/netlink.h and linux/rtnetlink.h.
 *
 * @param <T> what one message tells
 */
final class Dump<T> implements Reader {
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int NLM_F_DUMP = 0x300;

  /** Something changed meanwhile: what was read may miss some and have others twice. */
  private static final int NLM_F_DUMP_INTR = 0x10;

  private static final int RTM_GETLINK = 18;
  private static final int RTM_GETADDR = 22;
  private static final int RTM_GETROUTE = 26;

  private final Kind<T> kind;
  private final int sequence;
  private final List<T> found = new ArrayList<>();
  private boolean complete;
  private boolean interrupted;

  /**
   * What can be asked for.
   *
   * @param type of the request; the answers' is that of the matching NEW, two less
   * @param fixed the length of the request's fixed part, all zeroes
   */
  record Kind<T>(String words, int type, int fixed, Decoder<T> decoder) {
    static final Kind<LinkState> LINKS =
        new Kind<>("interfaces", RTM_GETLINK, 16, message -> Optional.of(LinkState.read(message)));

    static final Kind<AddressState> ADDRESSES =
        new Kind<>("addresses", RTM_GETADDR, 8, AddressState::read);

    static final Kind<RouteState> ROUTES = new Kind<>("routes", RTM_GETROUTE, 12, RouteState::read);
  }

  /** Reads one message that has its fixed part; empty for one that is of no interest. */
  @FunctionalInterface
  interface Decoder<T> {
    Optional<T> read(ByteBuffer message) throws KernelException;
  }

  Dump(Kind<T> kind, int sequence) {
    this.kind = kind;
    this.sequence = sequence;
  }

  void ask(ByteBuffer buffer) {
    Message message =
        new Message(buffer, kind.type(), Encoder.NLM_F_REQUEST | NLM_F_DUMP, sequence);
    for (int i = 0; i < kind.fixed(); i += Integer.BYTES) {
      message.integer(0);
    }
    message.finish();
  }

  @Override
  public void read(ByteBuffer buffer) throws KernelException {
    for (ByteBuffer message : Message.split(buffer)) {
      if (message.getInt(Message.SEQUENCE) == sequence) {
        one(message);
      }
    }
  }

  private void one(ByteBuffer message) throws KernelException {
    interrupted |= (message.getShort(Message.FLAGS) & NLM_F_DUMP_INTR) != 0;
    int type = message.getShort(Message.TYPE);
    int error =
        (type == NLMSG_ERROR || type == NLMSG_DONE) && message.limit() >= Message.HEADER + 4
            ? -message.getInt(Message.HEADER)
            : 0;
    if (error != 0) {
      throw KernelException.of("list " + kind.words(), error);
    }
    complete |= type == NLMSG_DONE;
    if (type == kind.type() - 2) {
      Message.requireFixed(message, kind.fixed());
      kind.decoder().read(message).ifPresent(found::add);
    }
  }

  @Override
  public boolean complete() {
    return complete;
  }

  /** Whether it must be asked again. */
  boolean interrupted() {
    return interrupted;
  }

  List<T> found() {
    return List.copyOf(found);
  }
}
