package dev.warren.linux.netlink;

import dev.warren.linux.netlink.message.Message;

/** Writes what makes and changes interfaces. Constants from linux/if_link.h where not said. */
final class LinkEncoder {
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_DELLINK = 17;

  static final int IFLA_ADDRESS = 1;
  static final int IFLA_IFNAME = 3;
  static final int IFLA_MTU = 4;
  static final int IFLA_LINK = 5;
  static final int IFLA_MASTER = 10;
  static final int IFLA_OPERSTATE = 16;
  static final int IFLA_LINKINFO = 18;
  static final int IFLA_STATS64 = 23;
  static final int IFLA_AF_SPEC = 26;
  static final int IFLA_NET_NS_FD = 28;
  static final int IFLA_CARRIER = 33;
  static final int IFLA_INFO_KIND = 1;
  private static final int IFLA_NUM_TX_QUEUES = 31;
  private static final int IFLA_NUM_RX_QUEUES = 32;
  private static final int IFLA_GSO_MAX_SEGS = 40;
  private static final int IFLA_INFO_DATA = 2;

  static final int IFLA_INFO_SLAVE_DATA = 5;
  static final int IFLA_BRPORT_STATE = 1;

  /** From linux/if.h. */
  static final int IF_OPER_UP = 6;

  /** From linux/if_bridge.h. */
  static final int BR_STATE_FORWARDING = 3;

  private static final int IFLA_BR_AGEING_TIME = 4;
  private static final int IFLA_BR_GROUP_FWD_MASK = 9;
  private static final int IFLA_BR_MCAST_SNOOPING = 23;

  /**
   * All of 01:80:C2:00:00:0X but 0 (spanning tree), 1 (pause) and 2 (link aggregation), which the
   * kernel refuses: BR_GROUPFWD_RESTRICTED of net/bridge/br_private.h.
   */
  private static final int LINK_LOCAL_FRAMES = 0xfff8;

  private static final int IFLA_INET_CONF = 1;
  private static final int IFLA_INET6_ADDR_GEN_MODE = 8;
  private static final int IN6_ADDR_GEN_MODE_EUI64 = 0;
  private static final int IN6_ADDR_GEN_MODE_NONE = 1;

  /** From linux/ip.h. */
  private static final int IPV4_DEVCONF_FORWARDING = 1;

  /** From linux/veth.h. */
  private static final int VETH_INFO_PEER = 1;

  /** From linux/if.h. */
  static final int IFF_UP = 1;

  private LinkEncoder() {}

  static void append(LinkRequest request, Encoder encoder, int sequence, int flags) {
    int create = flags | Encoder.NLM_F_CREATE | Encoder.NLM_F_EXCL;
    Message message =
        switch (request) {
          case CreateBridge bridge -> bridge(encoder.start(RTM_NEWLINK, create, sequence), bridge);
          case CreateCable cable -> cable(encoder.start(RTM_NEWLINK, create, sequence), cable);
          case SetLink set -> set(encoder.start(RTM_NEWLINK, flags, sequence), set);
          case LimitSegments limit ->
              encoder
                  .start(RTM_NEWLINK, flags, sequence)
                  .link(limit.index(), 0, 0)
                  .attribute(IFLA_GSO_MAX_SEGS, limit.segments());
          case LinkRequest.Delete delete ->
              encoder.start(RTM_DELLINK, flags, sequence).link(delete.index(), 0, 0);
        };
    message.finish();
  }

  private static Message bridge(Message message, CreateBridge bridge) {
    message.link(bridge.index(), IFF_UP, IFF_UP).attribute(IFLA_IFNAME, bridge.name());
    bridge.options().mtu().ifPresent(mtu -> message.attribute(IFLA_MTU, mtu));
    return message.nested(
        IFLA_LINKINFO,
        () -> {
          message.attribute(IFLA_INFO_KIND, "bridge");
          if (bridge.options().repeater()) {
            message.nested(IFLA_INFO_DATA, () -> repeater(message));
          }
        });
  }

  private static void repeater(Message message) {
    message
        .attribute(IFLA_BR_AGEING_TIME, 0)
        .attribute(IFLA_BR_GROUP_FWD_MASK, (short) LINK_LOCAL_FRAMES)
        .attribute(IFLA_BR_MCAST_SNOOPING, (byte) 0);
  }

  private static Message cable(Message message, CreateCable cable) {
    message
        .link(cable.index(), IFF_UP, IFF_UP)
        .attribute(IFLA_IFNAME, cable.name())
        .attribute(IFLA_MASTER, cable.bridge());
    cable.mtu().ifPresent(mtu -> message.attribute(IFLA_MTU, mtu));
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

  private static void peer(Message message, CreateCable cable) {
    CreateCable.Peer peer = cable.peer();
    message
        .link(peer.index(), 0, 0)
        .attribute(IFLA_IFNAME, peer.name())
        .attribute(IFLA_NET_NS_FD, peer.namespace());
    peer.mac().ifPresent(mac -> message.attribute(IFLA_ADDRESS, mac.bytes()));
    peer.mtu().ifPresent(mtu -> message.attribute(IFLA_MTU, mtu));
    oneQueue(message);
  }

  /** A queue a processor, the default, doubles what a cable costs and serves no test. */
  private static void oneQueue(Message message) {
    message.attribute(IFLA_NUM_TX_QUEUES, 1).attribute(IFLA_NUM_RX_QUEUES, 1);
  }

  private static Message set(Message message, SetLink set) {
    int changed = set.state().isPresent() ? IFF_UP : 0;
    message.link(set.index(), set.state().orElse(false) ? IFF_UP : 0, changed);
    if (set.index() == 0) {
      message.attribute(IFLA_IFNAME, set.name());
    } else {
      set.newName().ifPresent(name -> message.attribute(IFLA_IFNAME, name));
    }
    set.mac().ifPresent(mac -> message.attribute(IFLA_ADDRESS, mac.bytes()));
    set.mtu().ifPresent(mtu -> message.attribute(IFLA_MTU, mtu));
    set.master().ifPresent(bridge -> message.attribute(IFLA_MASTER, bridge));
    set.namespace().ifPresent(file -> message.attribute(IFLA_NET_NS_FD, file));
    if (set.linkLocal().isPresent() || set.forwarding().isPresent()) {
      message.nested(IFLA_AF_SPEC, () -> families(message, set));
    }
    return message;
  }

  private static void families(Message message, SetLink set) {
    set.forwarding()
        .ifPresent(
            on ->
                message.nested(
                    Encoder.AF_INET,
                    () ->
                        message.nested(
                            IFLA_INET_CONF,
                            () -> message.attribute(IPV4_DEVCONF_FORWARDING, on ? 1 : 0))));
    set.linkLocal()
        .ifPresent(
            on ->
                message.nested(
                    Encoder.AF_INET6,
                    () ->
                        message.attribute(
                            IFLA_INET6_ADDR_GEN_MODE,
                            (byte) (on ? IN6_ADDR_GEN_MODE_EUI64 : IN6_ADDR_GEN_MODE_NONE))));
  }
}
