package dev.warren.lab.description;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a network has besides its addresses.
 *
 * @param mtu the longest packet in bytes, 68 to 65535; nothing for the kernel's, 1500
 * @param cable whether it is a mere cable between two hosts: nothing is learnt on it, everything
 *     passes, and the root has no address there
 * @param gateway the host that the others on it send to what is for elsewhere, if they have no
 *     default route of their own
 * @param conditions what happens to packets on the cables of hosts that do not say it themselves
 */
public record NetworkSettings(
    OptionalInt mtu, boolean cable, Optional<String> gateway, LinkConditions conditions) {

  /** What the kernel gives an interface of Ethernet. */
  static final int USUAL_MTU = 1500;

  /** A bridge as the kernel makes it. */
  public static final NetworkSettings DEFAULT =
      new NetworkSettings(OptionalInt.empty(), false, Optional.empty(), LinkConditions.PERFECT);

  /** Checks the MTU and the name. */
  public NetworkSettings {
    mtu.ifPresent(Checks::mtu);
    gateway.ifPresent(Checks::hostName);
  }

  /** The same with an MTU. */
  public NetworkSettings mtu(int value) {
    return new NetworkSettings(OptionalInt.of(value), cable, gateway, conditions);
  }

  /** The same as a cable between two hosts. */
  public NetworkSettings asCable() {
    return new NetworkSettings(mtu, true, gateway, conditions);
  }

  /** The same with a gateway, by its name. */
  public NetworkSettings gateway(String host) {
    return new NetworkSettings(mtu, cable, Optional.of(host), conditions);
  }

  /** The same with conditions for the cables of all its hosts. */
  public NetworkSettings withConditions(LinkConditions value) {
    return new NetworkSettings(mtu, cable, gateway, value);
  }
}
