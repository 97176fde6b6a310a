package dev.warren.lab.plan;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.description.NetworkDescription;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The steps that make networks and connect hosts to them. */
final class NetworkPlanner {
  /** Bridges count from here, far from what the kernel gives by itself. */
  private static final int FIRST_BRIDGE = 1000;

  private final LabDescription lab;
  private final List<Operation> operations;

  /** Adds its steps to a plan. */
  NetworkPlanner(LabDescription lab, List<Operation> operations) {
    this.lab = lab;
    this.operations = operations;
  }

  void networks(HostDescription root) {
    for (NetworkDescription network : lab.networks()) {
      Map<InetAddress, Integer> addresses = new LinkedHashMap<>();
      root.interfaces().stream()
          .filter(one -> one.network().equals(network.name()))
          .forEach(one -> addresses.putAll(addresses(network, one)));
      operations.add(
          new NetworkOperation.CreateNetwork(
              root.name(), network, bridgeIndex(network), addresses));
    }
  }

  void cables(HostDescription host) {
    host.interfaces().forEach(one -> connect(host, one));
  }

  private void connect(HostDescription host, InterfaceDescription one) {
    NetworkDescription network = lab.network(one.network()).orElseThrow();
    operations.add(
        new NetworkOperation.Connect(
            host.name(),
            lab.root().name(),
            network.name(),
            one.number(),
            bridgeIndex(network),
            addresses(network, one),
            fittings(host, network, one)));
    LinkConditions conditions = lab.conditions(one);
    if (!conditions.isPerfect()) {
      operations.add(
          new ConditionOperation.SetConditions(
              host.name(), lab.root().name(), one.number(), conditions));
    }
  }

  private static NetworkOperation.Fittings fittings(
      HostDescription host, NetworkDescription network, InterfaceDescription one) {
    OptionalInt mtu = one.settings().mtu();
    return new NetworkOperation.Fittings(
        one.nameInHost(),
        one.settings().mac(),
        mtu.isPresent() ? mtu : network.settings().mtu(),
        network.settings().mtu(),
        network.hasIpv6() || one.settings().addresses().stream().anyMatch(a -> !a.isIpv4()),
        host.routing().forwards());
  }

  private int bridgeIndex(NetworkDescription network) {
    return FIRST_BRIDGE + lab.networks().indexOf(network);
  }

  private static Map<InetAddress, Integer> addresses(
      NetworkDescription network, InterfaceDescription one) {
    Map<InetAddress, Integer> addresses = new LinkedHashMap<>();
    network.addresses(one).forEach(each -> addresses.put(each.address(), each.prefix()));
    return addresses;
  }
}
