package dev.warren.lab.description;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
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
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    List<Integer> groups = groups(address);
    int start = 0;
    int length = 1; // a single group of zeroes is not shortened
    for (int i = 0; i < groups.size(); i++) {
      int run = i;
      while (run < groups.size() && groups.get(run) == 0) {
        run++;
      }
      if (run - i > length) {
        start = i;
        length = run - i;
      }
    }
    if (length == 1) {
      return hex(groups);
    }
    return hex(groups.subList(0, start)) + "::" + hex(groups.subList(start + length, 8));
  }

  private static List<Integer> groups(InetAddress address) {
    byte[] octets = address.getAddress();
    List<Integer> groups = new ArrayList<>();
    for (int i = 0; i < octets.length; i += 2) {
      groups.add((octets[i] & 0xff) << 8 | (octets[i + 1] & 0xff));
    }
    return groups;
  }

  private static String hex(List<Integer> groups) {
    return String.join(":", groups.stream().map(Integer::toHexString).toList());
  }
}
