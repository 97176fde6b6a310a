package dev.warren.lab.description;

import dev.warren.linux.netlink.IpText;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** IP addresses as text, without ever asking a resolver. */
public final class IpAddresses {

  private static final String OCTETS = "(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}";

  private static final Pattern IPV4 = Pattern.compile(OCTETS);

  private static final Pattern IPV6 =
      Pattern.compile("([0-9A-Fa-f]{0,4}:){1,8}([0-9A-Fa-f]{0,4}|" + OCTETS + ")");

  private IpAddresses() {}

  /**
   * Reads an address: four decimal numbers, or IPv6 (RFC 4291, 2.2) without a zone.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static InetAddress parse(String text) {
    boolean ipv6 = text.indexOf(':') >= 0;
    try {
      // ofLiteral also takes 10.1, [::1], 00fd00::1 and fe80::1%eth0, which is another on every
      // host.
      if (IPV6.matcher(text).matches() || IPV4.matcher(text).matches()) {
        InetAddress address = InetAddress.ofLiteral(text);
        if (ipv6 != address instanceof Inet4Address) {
          return address;
        }
      }
    } catch (IllegalArgumentException e) {
      // Said below, in one way for all.
    }
    throw new IllegalArgumentException("\"%s\" is no IP address".formatted(text));
  }

  /** The shortest form: for IPv6 the one of RFC 5952, {@code fd00::5357:5f1e}. */
  public static String text(InetAddress address) {
    return IpText.of(address);
  }
}
