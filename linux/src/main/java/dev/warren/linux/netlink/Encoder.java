package dev.warren.linux.netlink;

import dev.warren.linux.netlink.message.Message;
import java.nio.ByteBuffer;

/** Turns requests into rtnetlink's bytes, topic by topic. Constants from linux/netlink.h. */
final class Encoder {
  static final int NLM_F_REQUEST = 0x01;
  static final int NLM_F_ACK = 0x04;
  static final int NLM_F_REPLACE = 0x100;
  static final int NLM_F_EXCL = 0x200;
  static final int NLM_F_CREATE = 0x400;

  /** From linux/socket.h. */
  static final int AF_INET = 2;

  static final int AF_INET6 = 10;

  private final ByteBuffer buffer;

  Encoder(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /**
   * Appends a request to the buffer.
   *
   * @param acknowledge whether the kernel answers success too; it always answers errors
   */
  void append(Request request, int sequence, boolean acknowledge) {
    int flags = NLM_F_REQUEST | (acknowledge ? NLM_F_ACK : 0);
    switch (request) {
      case LinkRequest link -> LinkEncoder.append(link, this, sequence, flags);
      case AddressRequest address -> AddressEncoder.append(address, this, sequence, flags);
      case RouteRequest route -> RouteEncoder.append(route, this, sequence, flags);
      case QdiscRequest qdisc -> QdiscEncoder.append(qdisc, this, sequence, flags);
    }
  }

  /** Begins a message. */
  Message start(int type, int flags, int sequence) {
    return new Message(buffer, type, flags, sequence);
  }
}
