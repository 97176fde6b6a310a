package dev.warren.lab.plan;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.NetworkDescription;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The steps that make networks and connect hosts to them. */
final class NetworkPlanner {
  private final LabDescription lab;
  private final Bridges bridges;
  private final List<Operation> operations;

  /** Adds its steps to a plan. */
  NetworkPlanner(LabDescription lab, Bridges bridges, List<Operation> operations) {
    this.lab = lab;
    this.bridges = bridges;
    this.operations = operations;
  }

  void networks(HostDescription root) {
    lab.networks().forEach(network -> network(root, network));
  }

  void network(HostDescription root, NetworkDescription network) {
    operations.add(creation(root, network));
  }

  /** The step that makes a network. */
  NetworkOperation.CreateNetwork creation(HostDescription root, NetworkDescription network) {
    return new NetworkOperation.CreateNetwork(
        root.name(),
        network,
        bridges.index(network.name()),
        rootAddresses(root, network),
        root.routing().forwards());
  }

  /** The root's own addresses on a network. */
  Map<InetAddress, Integer> rootAddresses(HostDescription root, NetworkDescription network) {
    Map<InetAddress, Integer> addresses = new LinkedHashMap<>();
    root.interfaces().stream()
        .filter(one -> one.network().equals(network.name()))
        .forEach(one -> addresses.putAll(addresses(network, one)));
    return addresses;
  }

  void cables(HostDescription host) {
    host.interfaces().forEach(one -> lay(host, one));
  }

  /** Lays a cable, and makes hold on it what the lab wants. */
  void lay(HostDescription host, InterfaceDescription one) {
    operations.add(cable(host, one));
    if (!lab.conditions(one).isPerfect()) {
      operations.add(conditions(host, one));
    }
  }

  /** The step that makes the lab's conditions hold on a cable. */
  ConditionOperation.SetConditions conditions(HostDescription host, InterfaceDescription one) {
    return new ConditionOperation.SetConditions(
        host.name(), lab.root().name(), one.number(), lab.conditions(one));
  }

  /** The step that lays a cable. */
  NetworkOperation.Connect cable(HostDescription host, InterfaceDescription one) {
    NetworkDescription network = lab.network(one.network()).orElseThrow();
    return new NetworkOperation.Connect(
        host.name(),
        lab.root().name(),
        network.name(),
        one.number(),
        bridges.index(network.name()),
        addresses(network, one),
        fittings(host, network, one));
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

  private static Map<InetAddress, Integer> addresses(
      NetworkDescription network, InterfaceDescription one) {
    Map<InetAddress, Integer> addresses = new LinkedHashMap<>();
    network.addresses(one).forEach(each -> addresses.put(each.address(), each.prefix()));
    return addresses;
  }
}
