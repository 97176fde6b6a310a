package dev.warren.linux.netlink;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** IP addresses as people write them. */
public final class IpText {

  private IpText() {}

  /** The shortest form: for IPv6 the one of RFC 5952, {@code fd00::5357:5f1e}. */
  public static String of(InetAddress address) {
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
