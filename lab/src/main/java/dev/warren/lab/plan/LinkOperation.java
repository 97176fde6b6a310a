package dev.warren.lab.plan;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Steps that change the links and networks of a lab that runs. Each can be taken back. */
public sealed interface LinkOperation extends Operation {
  /** The host that has the bridges. */
  String root();

  /** Cuts a link: the host's interface loses its carrier, and keeps its addresses. */
  record Cut(String host, String root, int number) implements LinkOperation {
    @Override
    public String describe() {
      return "cut veth" + number + " of host " + host;
    }
  }

  /** Mends a link that was cut. */
  record Mend(String host, String root, int number) implements LinkOperation {
    @Override
    public String describe() {
      return "mend veth" + number + " of host " + host;
    }
  }

  /** Takes away a cable and with it the host's interface. */
  record Disconnect(NetworkOperation.Connect cable) implements LinkOperation {
    @Override
    public String root() {
      return cable.root();
    }

    @Override
    public String describe() {
      return "disconnect veth%d of host %s from %s"
          .formatted(cable.number(), cable.host(), cable.network());
    }
  }

  /** Removes a network that no cable leads to any more. */
  record RemoveNetwork(NetworkOperation.CreateNetwork network) implements LinkOperation {
    @Override
    public String root() {
      return network.host();
    }

    @Override
    public String describe() {
      return "remove network " + network.network().name();
    }
  }

  /**
   * Changes the root's own addresses on a network.
   *
   * @param index the bridge's interface index
   * @param away addresses with the length of the prefix
   * @param added addresses with the length of the prefix
   */
  record Readdress(
      String root,
      String network,
      int index,
      Map<InetAddress, Integer> away,
      Map<InetAddress, Integer> added)
      implements LinkOperation {
    @Override
    public String describe() {
      return "change the addresses of host %s on %s to %s"
          .formatted(
              root, network, added.keySet().stream().map(InetAddress::getHostAddress).toList());
    }
  }

  /**
   * Hosts that reach each other and nobody else of their network: their cables' ends on a bridge of
   * their own.
   *
   * @param bridge what that bridge is called; no network can be called so
   * @param index its interface index
   * @param numbers of the interfaces
   */
  record Island(String bridge, int index, List<Integer> numbers) {
    /** Copies. */
    public Island {
      numbers = List.copyOf(numbers);
    }
  }

  /**
   * Parts a network. Who is on no island stays where the root is.
   *
   * @param bridge the index of the network's bridge
   */
  record Split(String root, String network, int bridge, List<Island> islands)
      implements LinkOperation {
    /** Copies. */
    public Split {
      islands = List.copyOf(islands);
    }

    @Override
    public String describe() {
      return "part network %s: on their own %s"
          .formatted(
              network,
              islands.stream()
                  .map(
                      island ->
                          island.numbers().stream()
                              .map(number -> "veth" + number)
                              .collect(Collectors.joining(" ")))
                  .collect(Collectors.joining("; ")));
    }
  }

  /** Makes a network whole again. */
  record Join(Split split) implements LinkOperation {
    @Override
    public String root() {
      return split.root();
    }

    @Override
    public String describe() {
      return "heal network " + split.network();
    }
  }
}
