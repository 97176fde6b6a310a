package dev.warren.linux.netlink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Changes an interface; what is not said stays as it is. The kernel takes the changes in an order
 * of its own and stops at the first that it refuses.
 *
 * <pre>{@code
 * socket.execute(List.of(SetLink.of("veth30-br", 10030).down()));
 * socket.execute(List.of(SetLink.named("veth30").mtu(1400).up()));
 * }</pre>
 *
 * @param name for errors; also tells which one is meant when the index is 0
 * @param index of the interface, 0 to find it by name
 * @param state whether it is to be up or down
 * @param master the index of the bridge that it is put on, 0 to take it off
 * @param mtu its longest packet, in bytes
 * @param newName what it is to be called; some kernels want it down for that
 * @param mac its hardware address
 * @param namespace a descriptor of the network namespace that it is to move to
 * @param linkLocal whether it gives itself an IPv6 link-local address when it comes up
 * @param forwarding whether IPv4 packets that come in here are forwarded (needs no writable
 *     /proc/sys)
 */
public record SetLink(
    String name,
    int index,
    Optional<Boolean> state,
    OptionalInt master,
    OptionalInt mtu,
    Optional<String> newName,
    Optional<MacAddress> mac,
    OptionalInt namespace,
    Optional<Boolean> linkLocal,
    Optional<Boolean> forwarding)
    implements LinkRequest {
  /** Not by /proc/net, which is a process's own: a thread that makes a host sees no process. */
  private static final boolean HAS_IPV6 = Files.exists(Path.of("/proc/sys/net/ipv6"));

  /** RFC 8200, 5: an interface whose MTU is less has no IPv6. */
  private static final int LEAST_IPV6_MTU = 1280;

  /** A request that changes nothing yet. */
  public static SetLink of(String name, int index) {
    return new SetLink(
        name,
        index,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A request that changes nothing yet, for an interface whose index is not known. */
  public static SetLink named(String name) {
    return of(name, 0);
  }

  /** Up: it sends and receives. */
  public SetLink up() {
    return withUp(true);
  }

  /** Down: the other end of a cable loses its carrier, and IPv6 addresses and routes go. */
  public SetLink down() {
    return withUp(false);
  }

  private SetLink withUp(boolean value) {
    return new SetLink(
        name,
        index,
        Optional.of(value),
        master,
        mtu,
        newName,
        mac,
        namespace,
        linkLocal,
        forwarding);
  }

  /** On a bridge, by its index. */
  public SetLink master(int bridge) {
    return new SetLink(
        name,
        index,
        state,
        OptionalInt.of(bridge),
        mtu,
        newName,
        mac,
        namespace,
        linkLocal,
        forwarding);
  }

  /** On no bridge. */
  public SetLink noMaster() {
    return master(0);
  }

  /** With a longest packet of so many bytes. */
  public SetLink mtu(int bytes) {
    return new SetLink(
        name,
        index,
        state,
        master,
        OptionalInt.of(bytes),
        newName,
        mac,
        namespace,
        linkLocal,
        forwarding);
  }

  /** With another name. */
  public SetLink rename(String value) {
    return new SetLink(
        name, index, state, master, mtu, Optional.of(value), mac, namespace, linkLocal, forwarding);
  }

  /** With another hardware address. */
  public SetLink mac(MacAddress value) {
    return new SetLink(
        name,
        index,
        state,
        master,
        mtu,
        newName,
        Optional.of(value),
        namespace,
        linkLocal,
        forwarding);
  }

  /** In another network namespace, by a descriptor of it. */
  public SetLink namespace(int descriptor) {
    return new SetLink(
        name,
        index,
        state,
        master,
        mtu,
        newName,
        mac,
        OptionalInt.of(descriptor),
        linkLocal,
        forwarding);
  }

  /** Whether it gives itself an IPv6 link-local address when it comes up. */
  public SetLink linkLocal(boolean value) {
    return new SetLink(
        name, index, state, master, mtu, newName, mac, namespace, Optional.of(value), forwarding);
  }

  /**
   * Without a link-local address of its own. An interface that has no IPv6, because the kernel or
   * so short an MTU has none, gives itself none anyway, and the kernel refuses to be told so: for
   * such a one it changes nothing.
   *
   * @param interfaceMtu the interface's, or empty for the usual one
   */
  public SetLink withoutLinkLocal(OptionalInt interfaceMtu) {
    boolean ipv6 = HAS_IPV6 && interfaceMtu.orElse(LEAST_IPV6_MTU) >= LEAST_IPV6_MTU;
    return ipv6 ? linkLocal(false) : this;
  }

  /** Whether IPv4 packets that come in here are forwarded. */
  public SetLink forwarding(boolean value) {
    return new SetLink(
        name, index, state, master, mtu, newName, mac, namespace, linkLocal, Optional.of(value));
  }

  @Override
  public String describe() {
    List<String> changes = new ArrayList<>();
    newName.ifPresent(value -> changes.add("name " + value));
    mac.ifPresent(value -> changes.add("address " + value));
    mtu.ifPresent(value -> changes.add("mtu " + value));
    master.ifPresent(value -> changes.add(value == 0 ? "no bridge" : "bridge " + value));
    namespace.ifPresent(_ -> changes.add("another namespace"));
    linkLocal.ifPresent(
        value -> changes.add(value ? "link-local address" : "no link-local address"));
    forwarding.ifPresent(value -> changes.add(value ? "forwarding" : "no forwarding"));
    state.ifPresent(value -> changes.add(value ? "up" : "down"));
    return "set " + name + " " + String.join(", ", changes);
  }
}
