package dev.warren.lab.description;

import dev.warren.linux.netlink.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an interface has besides its network and number.
 *
 * @param name what it is called in the host; nothing for {@code veth} and its number
 * @param mac its hardware address; nothing for one by chance
 * @param mtu its longest packet in bytes, 68 to 65535; nothing for the network's
 * @param position which of its network's addresses it has, counted from 1; nothing for that of its
 *     number
 * @param addresses further ones
 */
public record InterfaceSettings(
    Optional<String> name,
    Optional<MacAddress> mac,
    OptionalInt mtu,
    OptionalInt position,
    List<InterfaceAddress> addresses) {

  /** What the kernel and the network give. */
  public static final InterfaceSettings DEFAULT =
      new InterfaceSettings(
          Optional.empty(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of());

  /** Checks every value. */
  public InterfaceSettings {
    addresses = List.copyOf(addresses);
    name.ifPresent(Checks::interfaceName);
    // No lambda: making one needs its types, and this class is for systems without that one, too.
    if (mac.isPresent()) {
      Checks.check(mac.get().isUnicast(), "%s is an address of groups, or of nobody", mac.get());
    }
    mtu.ifPresent(Checks::mtu);
    position.ifPresent(
        value ->
            Checks.check(
                value >= 1 && value <= InterfaceDescription.MAX_NUMBER,
                "%d is no position: 1 to %d",
                value,
                InterfaceDescription.MAX_NUMBER));
  }

  /** The same with a name, at most 15 characters. */
  public InterfaceSettings name(String value) {
    return new InterfaceSettings(Optional.of(value), mac, mtu, position, addresses);
  }

  /** The same with a hardware address, {@code 02:00:00:00:00:1e}. */
  public InterfaceSettings mac(String value) {
    return new InterfaceSettings(
        name, Optional.of(MacAddress.parse(value)), mtu, position, addresses);
  }

  /** The same with an MTU. */
  public InterfaceSettings mtu(int value) {
    return new InterfaceSettings(name, mac, OptionalInt.of(value), position, addresses);
  }

  /** The same with an address of the network's by its position. */
  public InterfaceSettings position(int value) {
    return new InterfaceSettings(name, mac, mtu, OptionalInt.of(value), addresses);
  }

  /** The same with one more address, {@code 10.1.2.3/24}. */
  public InterfaceSettings address(String value) {
    List<InterfaceAddress> more = new ArrayList<>(addresses);
    more.add(InterfaceAddress.parse(value));
    return new InterfaceSettings(name, mac, mtu, position, more);
  }
}
