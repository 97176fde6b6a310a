package dev.warren.linux.netlink;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Turns requests into rtnetlink's bytes. Constants from linux/rtnetlink.h and linux/if_link.h. */
final class Encoder {
  private static final int NLM_F_REQUEST = 0x01;
  private static final int NLM_F_ACK = 0x04;
  private static final int NLM_F_EXCL = 0x200;
  private static final int NLM_F_CREATE = 0x400;

  private static final int RTM_NEWLINK = 16;
  private static final int RTM_DELLINK = 17;
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_NEWROUTE = 24;

  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MASTER = 10;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_NET_NS_FD = 28;
  private static final int IFLA_NUM_TX_QUEUES = 31;
  private static final int IFLA_NUM_RX_QUEUES = 32;
  private static final int IFLA_INFO_KIND = 1;
  private static final int IFLA_INFO_DATA = 2;

  /** From linux/veth.h. */
  private static final int VETH_INFO_PEER = 1;

  /** From linux/if.h. */
  private static final int IFF_UP = 1;

  /** From linux/if_addr.h. */
  private static final int IFA_ADDRESS = 1;

  private static final int IFA_LOCAL = 2;
  private static final int IFA_BROADCAST = 4;
  private static final int IFA_F_NODAD = 0x02;

  private static final int RTA_DST = 1;
  private static final int RTA_GATEWAY = 5;
  private static final int RT_TABLE_MAIN = 254;
  private static final int RTPROT_STATIC = 4;
  private static final int RT_SCOPE_UNIVERSE = 0;
  private static final int RTN_UNICAST = 1;

  /** From linux/socket.h. */
  private static final int AF_INET = 2;

  private static final int AF_INET6 = 10;

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
    int create = flags | NLM_F_CREATE | NLM_F_EXCL;
    Message message =
        switch (request) {
          case Request.CreateBridge bridge -> bridge(start(RTM_NEWLINK, create, sequence), bridge);
          case Request.CreateCable cable -> cable(start(RTM_NEWLINK, create, sequence), cable);
          case Request.SetUp up -> start(RTM_NEWLINK, flags, sequence).link(up.index(), IFF_UP);
          case Request.AddAddress add -> address(start(RTM_NEWADDR, create, sequence), add);
          case Request.AddRoute route -> route(start(RTM_NEWROUTE, create, sequence), route);
          case Request.Delete delete -> start(RTM_DELLINK, flags, sequence).link(delete.index(), 0);
        };
    message.finish();
  }

  private Message start(int type, int flags, int sequence) {
    return new Message(buffer, type, flags, sequence);
  }

  private static Message bridge(Message message, Request.CreateBridge bridge) {
    return message
        .link(bridge.index(), IFF_UP)
        .attribute(IFLA_IFNAME, bridge.name())
        .nested(IFLA_LINKINFO, () -> message.attribute(IFLA_INFO_KIND, "bridge"));
  }

  private static Message cable(Message message, Request.CreateCable cable) {
    message
        .link(cable.index(), IFF_UP)
        .attribute(IFLA_IFNAME, cable.name())
        .attribute(IFLA_MASTER, cable.bridge());
    oneQueue(message);
    return message.nested(
        IFLA_LINKINFO,
        () ->
            message
                .attribute(IFLA_INFO_KIND, "veth")
                .nested(
                    IFLA_INFO_DATA,
                    () -> message.nested(VETH_INFO_PEER, () -> peer(message, cable))));
  }

  private static void peer(Message message, Request.CreateCable cable) {
    message
        .link(cable.peerIndex(), 0)
        .attribute(IFLA_IFNAME, cable.peerName())
        .attribute(IFLA_NET_NS_FD, cable.peerNamespace());
    oneQueue(message);
  }

  /** A queue a processor, the default, doubles what a cable costs and serves no test. */
  private static void oneQueue(Message message) {
    message.attribute(IFLA_NUM_TX_QUEUES, 1).attribute(IFLA_NUM_RX_QUEUES, 1);
  }

  private static Message address(Message message, Request.AddAddress add) {
    byte[] bytes = add.address().getAddress();
    boolean ipv4 = Request.isIpv4(add.address());
    message
        .bytes(ipv4 ? AF_INET : AF_INET6, add.prefix(), ipv4 ? 0 : IFA_F_NODAD, RT_SCOPE_UNIVERSE)
        .integer(add.index())
        .attribute(IFA_LOCAL, bytes)
        .attribute(IFA_ADDRESS, bytes);
    // RFC 3021: a network of two addresses or one has no broadcast address.
    if (ipv4 && add.prefix() < 31) {
      message.attribute(IFA_BROADCAST, broadcast(bytes, add.prefix()));
    }
    return message;
  }

  private static byte[] broadcast(byte[] address, int prefix) {
    byte[] result = address.clone();
    for (int bit = prefix; bit < 32; bit++) {
      result[bit / 8] |= (byte) (0x80 >>> bit % 8);
    }
    return result;
  }

  private static Message route(Message message, Request.AddRoute route) {
    message
        .bytes(Request.isIpv4(route.gateway()) ? AF_INET : AF_INET6, route.prefix(), 0, 0)
        .bytes(RT_TABLE_MAIN, RTPROT_STATIC, RT_SCOPE_UNIVERSE, RTN_UNICAST)
        .integer(0);
    route
        .destination()
        .map(InetAddress::getAddress)
        .ifPresent(bytes -> message.attribute(RTA_DST, bytes));
    return message.attribute(RTA_GATEWAY, route.gateway().getAddress());
  }
}
