package dev.warren.lab.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import dev.warren.linux.netlink.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Address;

/** Addresses and ranges, damaged: one that another library reads as the same, or a reason. */
class AddressesFuzzTest {
  private static final List<String> SPICE =
      List.of(
          ".", ":", "::", "/", "%", "-", "[", "]", "0", "00", "f", "ffff", "255", "256", "/33",
          "/129", "%eth0", "0x", " ", ",");
  private static final List<String> GOOD =
      List.of(
          "10.53.57.30",
          "192.168.7.1",
          "fd00::5357:5f1e",
          "::",
          "2001:db8:0:1:1:1:1:1",
          "::ffff:10.0.0.1",
          "fe80::1",
          "64:ff9b::192.0.2.33",
          "1:2:3:4:5:6:7:8",
          "255.255.255.255",
          "0.0.0.0");
  private static final List<String> RANGES =
      GOOD.stream()
          .flatMap(one -> java.util.stream.Stream.of(one + "/24", one + "/64", one + "/0"))
          .toList();

  @Test
  void addresses() throws Exception {
    check(
        "addresses",
        GOOD,
        IpAddresses::parse,
        (text, read) -> assertThat(read.getAddress()).isEqualTo(other(text)),
        IpAddresses::text);
  }

  @Test
  void subnets() throws Exception {
    check(
        "subnets",
        List.of(
            "10.53.57.0/24", "fd00::5357:5f00/112", "10.0.0.0/31", "fd77::/64", "172.16.0.0/12"),
        Subnet::parse,
        (text, read) -> {
          assertThat(read.base().getAddress()).isEqualTo(other(text.split("/", 2)[0]));
          assertThat(read.prefix()).isEqualTo(Integer.parseInt(text.split("/", 2)[1]));
          assertThat(read.lastNumber()).isPositive();
          assertThat(read.contains(read.address(1))).isTrue();
          assertThat(read.contains(read.address(read.lastNumber()))).isTrue();
        },
        Subnet::toString);
  }

  @Test
  void interfaceAddresses() throws Exception {
    check(
        "addresses of interfaces",
        RANGES,
        InterfaceAddress::parse,
        (text, read) -> {
          assertThat(read.address().getAddress()).isEqualTo(other(text.split("/", 2)[0]));
          assertThat(read.prefix()).isBetween(1, read.address().getAddress().length * 8);
        },
        InterfaceAddress::toString);
  }

  @Test
  void rangesOfRoutes() throws Exception {
    check(
        "ranges of routes",
        List.of("10.9.0.0/16", "0.0.0.0/0", "::/0", "fd00::/8", "10.1.2.3", "fd00::1"),
        IpRange::parse,
        (text, read) -> {
          byte[] base = other(text.split("/", 2)[0]);
          assertThat(read.base().getAddress()).isEqualTo(base);
          for (int bit = read.prefix(); bit < base.length * 8; bit++) {
            assertThat((base[bit / 8] >> (7 - bit % 8)) & 1).as("bit " + bit).isZero();
          }
        },
        IpRange::toString);
  }

  @Test
  void ports() throws Exception {
    check(
        "ranges of ports",
        List.of("80", "8000-8010", "1-65535"),
        PortRange::parse,
        (text, read) -> {
          assertThat(1 <= read.first() && read.first() <= read.last() && read.last() <= 65535)
              .isTrue();
          assertThat(text).matches("[0-9]+|[0-9]+-[0-9]+");
        },
        PortRange::toString);
  }

  @Test
  void ids() throws Exception {
    check(
        "ranges of ids",
        List.of("100000-165535", "0-4294967294", "7-7"),
        IdRange::parse,
        (text, read) -> assertThat(read.count()).isPositive(),
        IdRange::toString);
  }

  @Test
  void hardwareAddresses() throws Exception {
    check(
        "hardware addresses",
        List.of("02:00:00:00:00:1e", "FE:dc:BA:98:76:54", "00:00:00:00:00:00"),
        MacAddress::parse,
        (text, read) -> {
          String[] bytes = text.split(":", -1);
          assertThat(bytes).hasSize(6);
          for (int i = 0; i < 6; i++) {
            assertThat(read.bytes()[i] & 0xff).isEqualTo(Integer.parseInt(bytes[i], 16));
          }
        },
        MacAddress::toString);
  }

  @Test
  void hostsOrAddresses() throws Exception {
    check(
        "hosts or addresses",
        List.of("10.1.2.3", "fd00::1", "router", "a-1"),
        HostOrAddress::parse,
        (text, read) -> {
          switch (read) {
            case HostOrAddress.Name(String host) ->
                assertThat(host).isEqualTo(text).matches("[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?");
            case HostOrAddress.Address(InetAddress address) ->
                assertThat(address.getAddress()).isEqualTo(other(text));
          }
        },
        HostOrAddress::toString);
  }

  private interface Comparison<T> {
    void check(String text, T read) throws Exception;
  }

  private static <T> void check(
      String name,
      List<String> good,
      Function<String, T> parser,
      Comparison<T> comparison,
      Function<T, String> writer)
      throws Exception {
    Fuzz.check(
        name,
        100,
        Damage.texts(SPICE, good),
        text -> {
          T read;
          try {
            read = parser.apply(text);
          } catch (NumberFormatException mistake) {
            throw mistake;
          } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).as("a reason").isNotBlank();
            return Outcome.REJECTED;
          }
          comparison.check(text, read);
          assertThat(parser.apply(writer.apply(read))).isEqualTo(read);
          return Outcome.ACCEPTED;
        });
  }

  /** IPv4 as dnsjava reads it; IPv6 (RFC 4291, 2.2) by its groups, as dnsjava refuses some. */
  private static byte[] other(String text) {
    int ipv4 = text.indexOf(':') < 0 ? 0 : text.indexOf('.') < 0 ? -1 : text.lastIndexOf(':') + 1;
    byte[] last = new byte[0];
    if (ipv4 >= 0) {
      last = Address.toByteArray(text.substring(ipv4), Address.IPv4);
      assertThat(last).as("dnsjava takes it too").isNotNull();
    }
    if (ipv4 == 0) {
      return last;
    }
    String groups =
        ipv4 < 0 ? text : text.substring(0, ipv4) + group(last, 0) + ":" + group(last, 2);
    int gap = groups.indexOf("::");
    ByteBuffer address = ByteBuffer.allocate(16);
    if (gap < 0) {
      put(address, groups);
    } else {
      put(address, groups.substring(0, gap));
      ByteBuffer end = ByteBuffer.allocate(16);
      put(end, groups.substring(gap + 2));
      assertThat(address.position() + end.position()).as("room for ::").isLessThan(16);
      address.position(16 - end.position()).put(end.flip());
    }
    assertThat(address.hasRemaining()).as("eight groups").isFalse();
    return address.array();
  }

  private static String group(byte[] bytes, int at) {
    return Integer.toHexString(((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff));
  }

  private static void put(ByteBuffer to, String groups) {
    if (!groups.isEmpty()) {
      for (String group : groups.split(":", -1)) {
        assertThat(group).hasSizeBetween(1, 4);
        to.putShort((short) Integer.parseInt(group, 16));
      }
    }
  }
}
