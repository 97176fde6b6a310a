package dev.warren.lab.description;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses that share a prefix: where a route leads.
 *
 * @param base the lowest of them
 * @param prefix how many bits they share, 0 to 32 or 128
 */
public record IpRange(InetAddress base, int prefix) {
  /** Checks that the base is the lowest address. */
  public IpRange {
    int bits = base.getAddress().length * Byte.SIZE;
    Checks.check(prefix >= 0 && prefix <= bits, "/%d is out of range: /0 to /%d", prefix, bits);
    BigInteger rest =
        new BigInteger(1, base.getAddress())
            .and(BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE));
    Checks.check(rest.signum() == 0, "%s/%d starts in the middle", IpAddresses.text(base), prefix);
  }

  /**
   * Reads {@code 10.9.0.0/16}, or an address alone.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static IpRange parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      InetAddress address = IpAddresses.parse(text);
      return new IpRange(address, address.getAddress().length * Byte.SIZE);
    }
    String prefix = text.substring(slash + 1);
    Checks.check(
        prefix.matches("0|[1-9][0-9]{0,2}"), "\"%s\" is no range: write it like 10.9.0.0/16", text);
    return new IpRange(IpAddresses.parse(text.substring(0, slash)), Integer.parseInt(prefix));
  }

  /** The range that an address lies in. */
  static IpRange around(InetAddress address, int prefix) {
    byte[] lowest = address.getAddress();
    for (int bit = prefix; bit < lowest.length * Byte.SIZE; bit++) {
      lowest[bit / Byte.SIZE] &= (byte) ~(0x80 >>> bit % Byte.SIZE);
    }
    try {
      return new IpRange(InetAddress.getByAddress(lowest), prefix);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 octets", e);
    }
  }

  /** Whether an address lies in this range. */
  public boolean contains(InetAddress address) {
    return address.getClass() == base.getClass() && around(address, prefix).base().equals(base);
  }

  /** Whether it is of IPv4. */
  public boolean isIpv4() {
    return base instanceof Inet4Address;
  }

  /** {@code 10.9.0.0/16}. */
  @Override
  public String toString() {
    return IpAddresses.text(base) + "/" + prefix;
  }
}
