package dev.warren.lab.plan;

import dev.warren.lab.description.IpAddresses;
import dev.warren.lab.description.NetworkDescription;
import java.net.InetAddress;
import java.util.Map;
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
   */
  record CreateNetwork(
      String host, NetworkDescription network, int index, Map<InetAddress, Integer> addresses)
      implements NetworkOperation {
    @Override
    public String describe() {
      return "create network " + network.name() + described(addresses);
    }
  }

  /**
   * Lays a cable between a host and a network, and gives the host's end its addresses.
   *
   * @param root the host that has the bridge
   * @param number the interface's number, which names both ends
   * @param bridge the bridge's interface index
   * @param addresses with the length of the prefix
   */
  record Connect(
      String host,
      String root,
      String network,
      int number,
      int bridge,
      Map<InetAddress, Integer> addresses)
      implements NetworkOperation {
    @Override
    public String describe() {
      return "connect veth" + number + " of host " + host + " to " + network + described(addresses);
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
