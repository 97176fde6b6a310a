package dev.warren.linux.netlink;

import dev.warren.linux.netlink.message.Message;

/** Writes what gives interfaces addresses. Constants from linux/if_addr.h where not said. */
final class AddressEncoder {
  /** From linux/rtnetlink.h. */
  private static final int RTM_NEWADDR = 20;

  private static final int RTM_DELADDR = 21;
  private static final int RT_SCOPE_UNIVERSE = 0;

  static final int IFA_ADDRESS = 1;
  static final int IFA_LOCAL = 2;
  private static final int IFA_BROADCAST = 4;
  private static final int IFA_F_NODAD = 0x02;

  private AddressEncoder() {}

  static void append(AddressRequest request, Encoder encoder, int sequence, int flags) {
    int create = flags | Encoder.NLM_F_CREATE | Encoder.NLM_F_EXCL;
    switch (request) {
      case AddressRequest.Add add -> {
        Message message = address(encoder.start(RTM_NEWADDR, create, sequence), add);
        // RFC 3021: a network of two addresses or one has no broadcast address.
        if (Request.isIpv4(add.address()) && add.prefix() < 31) {
          message.attribute(IFA_BROADCAST, broadcast(add.address().getAddress(), add.prefix()));
        }
        message.finish();
      }
      case AddressRequest.Delete delete ->
          address(encoder.start(RTM_DELADDR, flags, sequence), delete).finish();
    }
  }

  private static Message address(Message message, AddressRequest request) {
    byte[] bytes = request.address().getAddress();
    boolean ipv4 = Request.isIpv4(request.address());
    return message
        .bytes(
            ipv4 ? Encoder.AF_INET : Encoder.AF_INET6,
            request.prefix(),
            ipv4 ? 0 : IFA_F_NODAD,
            RT_SCOPE_UNIVERSE)
        .integer(request.index())
        .attribute(IFA_LOCAL, bytes)
        .attribute(IFA_ADDRESS, bytes);
  }

  private static byte[] broadcast(byte[] address, int prefix) {
    byte[] result = address.clone();
    for (int bit = prefix; bit < 32; bit++) {
      result[bit / 8] |= (byte) (0x80 >>> bit % 8);
    }
    return result;
  }
}
