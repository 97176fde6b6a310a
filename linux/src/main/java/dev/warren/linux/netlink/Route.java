package dev.warren.linux.netlink;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A way to a network.
 *
 * @param destination the network; nothing for the default route
 * @param prefix of the destination, in bits
 * @param gateway the next hop
 */
public record Route(Optional<InetAddress> destination, int prefix, InetAddress gateway) {
  /** The default route to a gateway. */
  public static Route byDefault(InetAddress gateway) {
    return new Route(Optional.empty(), 0, gateway);
  }

  /** {@code 10.9.0.0/16 via 10.1.0.1}. */
  @Override
  public String toString() {
    String network =
        destination.map(address -> address.getHostAddress() + "/" + prefix).orElse("default");
    return network + " via " + gateway.getHostAddress();
  }
}
