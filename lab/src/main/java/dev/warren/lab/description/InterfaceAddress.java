package dev.warren.lab.description;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * An address of an interface.
 *
 * @param prefix how many bits of it are its network's, 1 to 32 or 128
 */
public record InterfaceAddress(InetAddress address, int prefix) {
  /** Checks that an interface can have it. */
  public InterfaceAddress {
    int bits = address.getAddress().length * Byte.SIZE;
    Checks.check(prefix >= 1 && prefix <= bits, "/%d is out of range: /1 to /%d", prefix, bits);
    Checks.check(
        !address.isAnyLocalAddress() && !address.isMulticastAddress(),
        "%s is no address of an interface",
        IpAddresses.text(address));
  }

  /**
   * Reads {@code 10.1.2.3/24} or {@code fd00::9/64}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static InterfaceAddress parse(String text) {
    int slash = text.indexOf('/');
    String prefix = text.substring(slash + 1);
    Checks.check(
        slash > 0 && prefix.matches("0|[1-9][0-9]{0,2}"),
        "\"%s\" is no address with a prefix: write it like 10.1.2.3/24 or fd00::9/64",
        text);
    return new InterfaceAddress(
        IpAddresses.parse(text.substring(0, slash)), Integer.parseInt(prefix));
  }

  /** Whether it is of IPv4. */
  public boolean isIpv4() {
    return address instanceof Inet4Address;
  }

  /** {@code 10.1.2.3/24}. */
  @Override
  public String toString() {
    return IpAddresses.text(address) + "/" + prefix;
  }
}
