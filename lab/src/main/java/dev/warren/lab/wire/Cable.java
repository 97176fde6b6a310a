package dev.warren.lab.wire;

import dev.warren.linux.netlink.NetlinkSocket;

/**
 * Both ends of the cable between a host and a bridge.
 *
 * @param host the host's name
 * @param number the interface's number, which names both ends
 * @param index the interface index of both ends
 * @param rootNamespace a descriptor of the network namespace that has the bridge
 * @param root rtnetlink there
 * @param inside rtnetlink in the host
 */
public record Cable(
    String host,
    int number,
    int index,
    int rootNamespace,
    NetlinkSocket root,
    NetlinkSocket inside) {

  /** The end in the host: {@code veth30}. */
  String inner() {
    return "veth" + number;
  }

  /** The end on the bridge: {@code veth30-br}. */
  String outer() {
    return inner() + "-br";
  }
}
