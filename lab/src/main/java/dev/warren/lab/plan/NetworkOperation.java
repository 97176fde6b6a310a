package dev.warren.lab.plan;

import dev.warren.lab.description.IpAddresses;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.linux.netlink.MacAddress;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Steps that give a host interfaces and the lab its networks. */
public sealed interface NetworkOperation extends Operation {
  /** The name of the host. */
  String host();

  /** Sets the loopback interface up. */
  record LoopbackUp(String host) implements NetworkOperation {
    @Override
    public String describe() {
      return "set loopback of host " + host + " up";
    }
  }

  /**
   * Makes a network: a bridge in the lab's root namespace.
   *
   * @param host the root
   * @param index the bridge's interface index
   * @param addresses the root's own on this network, with the length of the prefix
   * @param forwards whether the root passes on IPv4 packets that come in here
   */
  record CreateNetwork(
      String host,
      NetworkDescription network,
      int index,
      Map<InetAddress, Integer> addresses,
      boolean forwards)
      implements NetworkOperation {
    @Override
    public String describe() {
      return "create %s %s%s%s"
          .formatted(
              network.settings().cable() ? "cable" : "network",
              network.name(),
              described(addresses),
              network.settings().mtu().isPresent()
                  ? ", mtu " + network.settings().mtu().getAsInt()
                  : "");
    }
  }

  /**
   * Lays a cable between a host and a network, and gives the host's end its addresses.
   *
   * @param root the host that has the bridge
   * @param number the interface's number, which names both ends
   * @param bridge the bridge's interface index
   * @param addresses with the length of the prefix
   * @param fittings how its ends are made
   */
  record Connect(
      String host,
      String root,
      String network,
      int number,
      int bridge,
      Map<InetAddress, Integer> addresses,
      Fittings fittings)
      implements NetworkOperation {
    @Override
    public String describe() {
      return "connect %s of host %s to %s%s%s"
          .formatted(fittings.name(), host, network, described(addresses), fittings.describe());
    }
  }

  /**
   * How the ends of a cable are made.
   *
   * @param name of the host's end
   * @param mac of the host's end; nothing for one by chance
   * @param mtu of the host's end in bytes; nothing for the kernel's
   * @param portMtu of the end on the bridge; nothing for the kernel's
   * @param linkLocal whether the host's end gives itself an IPv6 link-local address
   * @param forwards whether the host passes on IPv4 packets that come in here
   */
  record Fittings(
      String name,
      Optional<MacAddress> mac,
      OptionalInt mtu,
      OptionalInt portMtu,
      boolean linkLocal,
      boolean forwards) {
    private String describe() {
      return mac.map(value -> ", mac " + value).orElse("")
          + (mtu.isPresent() ? ", mtu " + mtu.getAsInt() : "");
    }
  }

  private static String described(Map<InetAddress, Integer> addresses) {
    if (addresses.isEmpty()) {
      return "";
    }
    return addresses.entrySet().stream()
        .map(entry -> IpAddresses.text(entry.getKey()) + "/" + entry.getValue())
        .collect(Collectors.joining(" and ", " as ", ""));
  }
}
