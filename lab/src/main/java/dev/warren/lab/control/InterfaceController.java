package dev.warren.lab.control;

import dev.warren.lab.Host;
import dev.warren.lab.HostInterface;
import dev.warren.lab.Link;
import dev.warren.lab.description.InterfaceAddress;
import dev.warren.linux.netlink.MacAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells of the network interfaces of hosts. */
final class InterfaceController {
  private InterfaceController() {}

  static LabAnswer list(List<Host> hosts) throws IOException {
    List<LabAnswer.InterfaceState> all = new ArrayList<>();
    for (Host host : hosts) {
      Set<String> cut =
          host.links().stream().filter(Link::isCut).map(Link::name).collect(Collectors.toSet());
      for (HostInterface one : host.interfaces()) {
        all.add(
            new LabAnswer.InterfaceState(
                host.name(),
                one.name(),
                one.network(),
                one.mac().map(MacAddress::toString),
                one.mtu(),
                one.addresses().stream().map(InterfaceAddress::toString).toList(),
                one.up(),
                one.carrier(),
                cut.contains(one.name())));
      }
    }
    return new LabAnswer.InterfaceList(all);
  }

  /** What went through a host's interfaces, by their names; without lo. */
  static Map<String, LabAnswer.Traffic> traffic(Host host) throws IOException {
    Map<String, LabAnswer.Traffic> traffic = new TreeMap<>();
    for (HostInterface one : host.interfaces()) {
      traffic.put(
          one.name(),
          new LabAnswer.Traffic(one.traffic().receivedBytes(), one.traffic().sentBytes()));
    }
    traffic.remove("lo");
    return traffic;
  }
}
