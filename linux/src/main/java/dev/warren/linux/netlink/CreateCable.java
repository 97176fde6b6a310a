package dev.warren.linux.netlink;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a cable: this end in the socket's namespace, on a bridge and up; the other end, still down
 * (the kernel refuses to make it up), in another namespace.
 *
 * @param name of this end
 * @param index of this end
 * @param bridge the index of the bridge that this end is put on
 * @param peer the other end
 * @param mtu of this end, 68 to 65535 bytes; nothing for the kernel's choice, 1500
 */
public record CreateCable(String name, int index, int bridge, Peer peer, OptionalInt mtu)
    implements LinkRequest {
  /**
   * The other end of a cable.
   *
   * @param index in its namespace
   * @param namespace a descriptor of its network namespace
   * @param mac its hardware address; nothing for one by chance
   * @param mtu its longest packet in bytes; nothing for the kernel's choice
   */
  public record Peer(
      String name, int index, int namespace, Optional<MacAddress> mac, OptionalInt mtu) {
    /** An end as the kernel makes it. */
    public Peer(String name, int index, int namespace) {
      this(name, index, namespace, Optional.empty(), OptionalInt.empty());
    }
  }

  /** A cable with the kernel's MTU. */
  public CreateCable(String name, int index, int bridge, Peer peer) {
    this(name, index, bridge, peer, OptionalInt.empty());
  }

  @Override
  public String describe() {
    return "create cable " + name + " - " + peer.name();
  }
}
