package dev.warren.linux.nftables;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A condition on a packet. */
public sealed interface Match extends Statement {
  /** It came in at this interface (of a bridge: at this port). */
  record InputInterface(String name) implements Match {
    @Override
    public String toString() {
      return "iifname \"" + name + "\"";
    }
  }

  /** It goes out by this interface (of a bridge: by this port). */
  record OutputInterface(String name) implements Match {
    @Override
    public String toString() {
      return "oifname \"" + name + "\"";
    }
  }

  /** It is of IPv4, or of IPv6. */
  record Ip(boolean ipv4) implements Match {
    @Override
    public String toString() {
      return "meta nfproto " + (ipv4 ? "ipv4" : "ipv6");
    }
  }

  /** What it carries. */
  record Transport(TransportProtocol protocol) implements Match {
    @Override
    public String toString() {
      return "meta l4proto " + protocol;
    }
  }

  /** It goes to one of these ports, after a {@link Transport} of TCP or UDP. */
  record DestinationPorts(int first, int last) implements Match {
    @Override
    public String toString() {
      return "th dport " + first + (last == first ? "" : "-" + last);
    }
  }

  /** It is an ICMP message of one of these types, after a {@link Transport} of ICMP. */
  record IcmpTypes(int first, int last) implements Match {
    @Override
    public String toString() {
      return "@th,0,8 " + first + (last == first ? "" : "-" + last);
    }
  }

  /** It comes from this network, of which an address alone is one. */
  record Source(InetAddress network, int prefix) implements Match {
    @Override
    public String toString() {
      return family(network) + " saddr " + network.getHostAddress() + "/" + prefix;
    }
  }

  /** It goes to this network, of which an address alone is one. */
  record Destination(InetAddress network, int prefix) implements Match {
    @Override
    public String toString() {
      return family(network) + " daddr " + network.getHostAddress() + "/" + prefix;
    }
  }

  /** What the kernel knows of its connection is one of these. */
  record Connection(Set<ConnectionState> states) implements Match {
    /** Copies the set. */
    public Connection {
      states = Set.copyOf(states);
    }

    /** One of these. */
    public static Connection in(ConnectionState... states) {
      return new Connection(Set.of(states));
    }

    @Override
    public String toString() {
      return new TreeSet<>(states)
          .stream()
              .map(ConnectionState::toString)
              .collect(Collectors.joining(",", "ct state ", ""));
    }
  }

  /** Its connection goes to another address than its sender wrote: {@link Nat.Destination}. */
  record Redirected() implements Match {
    @Override
    public String toString() {
      return "ct status dnat";
    }
  }

  /** Chance takes it: in so many cases of so many. */
  record Chance(int cases, int of) implements Match {
    @Override
    public String toString() {
      return "numgen random mod " + of + " < " + cases;
    }
  }

  /** It is the last of each so many. */
  record Every(int number) implements Match {
    @Override
    public String toString() {
      return "numgen inc mod " + number + " == " + (number - 1);
    }
  }

  /** States of a connection. Bits from linux/netfilter/nf_conntrack_common.h. */
  enum ConnectionState {
    /** The packet fits into none. */
    INVALID(1),
    /** Both sides have sent. */
    ESTABLISHED(2),
    /** New, but because of another: an ICMP error, the data of FTP. */
    RELATED(4),
    /** This is the first packet. */
    NEW(8);

    private final int bit;

    ConnectionState(int bit) {
      this.bit = bit;
    }

    int bit() {
      return bit;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static String family(InetAddress address) {
    return address instanceof Inet4Address ? "ip" : "ip6";
  }
}
