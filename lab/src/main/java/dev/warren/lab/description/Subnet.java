package dev.warren.lab.description;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A range of addresses, IPv4 or IPv6, and the base that hosts are counted from.
 *
 * @param base belongs to no host. In IPv4 the lowest address of the range; in IPv6 any of it, since
 *     Samba's selftest counts from {@code 5f00} in a {@code /112}
 * @param prefix how many bits all addresses of the range share; leaves room for at least two hosts.
 *     A range of two addresses is all theirs (RFC 3021, RFC 6164): it fits a cable
 */
public record Subnet(InetAddress base, int prefix) {

  /** Checks the prefix, the base, and that hosts may have the range. */
  public Subnet {
    int bits = base.getAddress().length * Byte.SIZE;
    Checks.check(
        prefix >= 1 && prefix <= bits - 1, "/%d is out of range: /1 to /%d", prefix, bits - 1);
    InetAddress lowest = fromNumber(number(base).andNot(ones(bits - prefix)), bits);
    Checks.check(
        (bits == 128 && prefix < bits - 1) || lowest.equals(base),
        "%s/%d starts in the middle of %s/%d",
        IpAddresses.text(base),
        prefix,
        IpAddresses.text(lowest),
        prefix);
    int first = base.getAddress()[0] & 0xff;
    Checks.check(
        !base.isAnyLocalAddress()
            && !base.isLoopbackAddress()
            && !base.isMulticastAddress()
            && !base.isLinkLocalAddress()
            && (bits != 32 || (first != 0 && first != 127 && first < 224)),
        "%s/%d is not for hosts: loopback, link-local, multicast or reserved",
        IpAddresses.text(base),
        prefix);
    Checks.check(
        lastNumber(base, prefix) >= 2,
        "%s/%d has no room for two hosts above its base",
        IpAddresses.text(base),
        prefix);
  }

  /**
   * Reads {@code 10.53.57.0/24} or {@code fd00::5357:5f00/112}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static Subnet parse(String text) {
    int slash = text.indexOf('/');
    String prefix = text.substring(slash + 1);
    Checks.check(
        slash > 0 && prefix.matches("0|[1-9][0-9]{0,2}"),
        "\"%s\" is no subnet: write it like 10.53.57.0/24 or fd00::/112",
        text);
    return new Subnet(IpAddresses.parse(text.substring(0, slash)), Integer.parseInt(prefix));
  }

  /** Whether this is an IPv4 subnet. */
  public boolean isIpv4() {
    return bits() == 32;
  }

  /**
   * The address of a host: base + number; in a range of two addresses the base is number 1.
   *
   * @throws IllegalArgumentException when the number is not from 1 to {@link #lastNumber()}
   */
  public InetAddress address(int number) {
    Checks.check(fits(number), "%d does not fit into %s: 1 to %d", number, this, lastNumber());
    int offset = isPair() ? number - 1 : number;
    return fromNumber(number(base).add(BigInteger.valueOf(offset)), bits());
  }

  /** Whether it has no more than two addresses, both for hosts. */
  public boolean isPair() {
    return prefix == bits() - 1;
  }

  /** Whether {@link #address} has one for this number. */
  public boolean fits(int number) {
    return number >= 1 && number <= lastNumber();
  }

  /**
   * The greatest number that a host can have. The lowest address is the subnet's own (IPv6: the
   * routers' anycast address, RFC 4291, 2.6.1), and in IPv4 the highest is for broadcasts.
   */
  public int lastNumber() {
    return lastNumber(base, prefix);
  }

  private static int lastNumber(InetAddress base, int prefix) {
    int bits = base.getAddress().length * Byte.SIZE;
    if (prefix == bits - 1) {
      return 2;
    }
    BigInteger above = ones(bits - prefix).andNot(number(base));
    BigInteger last = bits == 32 ? above.subtract(BigInteger.ONE) : above;
    return last.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
  }

  /** Whether an address lies in this range. */
  public boolean contains(InetAddress address) {
    return address.getAddress().length * Byte.SIZE == bits()
        && number(address)
            .shiftRight(bits() - prefix)
            .equals(number(base).shiftRight(bits() - prefix));
  }

  /** Whether some address lies in both ranges, whatever their bases. */
  public boolean overlaps(Subnet other) {
    return prefix <= other.prefix ? contains(other.base) : other.contains(base);
  }

  /** {@code 10.53.57.0/24}. */
  @Override
  public String toString() {
    return IpAddresses.text(base) + "/" + prefix;
  }

  private int bits() {
    return base.getAddress().length * Byte.SIZE;
  }

  private static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }

  private static BigInteger ones(int bits) {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }

  private static InetAddress fromNumber(BigInteger number, int bits) {
    byte[] magnitude = number.toByteArray();
    byte[] address = new byte[bits / Byte.SIZE];
    int length = Math.min(magnitude.length, address.length);
    System.arraycopy(
        magnitude, magnitude.length - length, address, address.length - length, length);
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 octets: " + Arrays.toString(address), e);
    }
  }
}
