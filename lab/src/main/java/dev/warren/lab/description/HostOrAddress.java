package dev.warren.lab.description;

import java.net.InetAddress;

/** Someone in the lab, by name or by address. */
public sealed interface HostOrAddress {
  /**
   * Reads a host's name or an address.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static HostOrAddress parse(String text) {
    boolean address = text.indexOf(':') >= 0 || text.matches("[0-9.]+");
    return address ? new Address(IpAddresses.parse(text)) : new Name(Checks.hostName(text));
  }

  /** A host, by its name. */
  record Name(String host) implements HostOrAddress {
    @Override
    public String toString() {
      return host;
    }
  }

  /** An address. */
  record Address(InetAddress address) implements HostOrAddress {
    @Override
    public String toString() {
      return IpAddresses.text(address);
    }
  }
}
