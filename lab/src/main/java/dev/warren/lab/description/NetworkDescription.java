package dev.warren.lab.description;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network: a bridge in the lab's root namespace, and the addresses of who is on it.
 *
 * @param name the bridge's name, at most 15 characters
 * @param ipv4 the IPv4 addresses, when the network has any
 * @param ipv6 the IPv6 addresses, when the network has any
 * @param settings what else it has
 */
public record NetworkDescription(
    String name, Optional<Subnet> ipv4, Optional<Subnet> ipv6, NetworkSettings settings) {

  /** What a lab has that names none: the network of Samba's selftest, as upstream numbers it. */
  public static final NetworkDescription SELFTEST0 =
      new NetworkDescription(
          "selftest0",
          Optional.of(Subnet.parse("10.53.57.0/24")),
          Optional.of(Subnet.parse("fd00::5357:5f00/112")));

  /** Checks the name, and that there are addresses of the right kinds. */
  public NetworkDescription {
    Checks.networkName(name);
    Checks.check(
        ipv4.isPresent() || ipv6.isPresent(),
        "the network %s has no addresses: give it ipv4, ipv6 or both",
        name);
    ipv4.ifPresent(subnet -> Checks.check(subnet.isIpv4(), "%s is not IPv4", subnet));
    ipv6.ifPresent(subnet -> Checks.check(!subnet.isIpv4(), "%s is not IPv6", subnet));
    for (Subnet subnet : Stream.of(ipv4, ipv6).flatMap(Optional::stream).toList()) {
      Checks.check(
          settings.cable() || !subnet.isPair(),
          "%s has two addresses and none for the network itself: that is for a cable",
          subnet);
    }
  }

  /** A network that is a bridge as the kernel makes it. */
  public NetworkDescription(String name, Optional<Subnet> ipv4, Optional<Subnet> ipv6) {
    this(name, ipv4, ipv6, NetworkSettings.DEFAULT);
  }

  /** The subnets, IPv4 first. */
  public List<Subnet> subnets() {
    return Stream.of(ipv4, ipv6).flatMap(Optional::stream).toList();
  }

  /** Whether it has IPv6: without, interfaces on it get no link-local address either. */
  public boolean hasIpv6() {
    return ipv6.isPresent();
  }

  /** Whether every subnet has an address for this interface number. */
  public boolean fits(int number) {
    return subnets().stream().allMatch(subnet -> subnet.fits(number));
  }

  /** The greatest interface number that fits. */
  public int lastNumber() {
    return subnets().stream()
        .mapToInt(Subnet::lastNumber)
        .reduce(InterfaceDescription.MAX_NUMBER, Math::min);
  }

  /** The same network with other settings. */
  public NetworkDescription withSettings(NetworkSettings value) {
    return new NetworkDescription(name, ipv4, ipv6, value);
  }

  /** The addresses of the interface at a position, IPv4 first. */
  public List<InetAddress> addresses(int position) {
    return subnets().stream().map(subnet -> subnet.address(position)).toList();
  }

  /** The addresses of an interface on this network: IPv4, IPv6, then those that it adds. */
  public List<InterfaceAddress> addresses(InterfaceDescription link) {
    return Stream.concat(
            subnets().stream()
                .map(
                    subnet ->
                        new InterfaceAddress(subnet.address(link.position()), subnet.prefix())),
            link.settings().addresses().stream())
        .toList();
  }
}
