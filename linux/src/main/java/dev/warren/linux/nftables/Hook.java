package dev.warren.linux.nftables;

import java.util.Optional;

/**
 * Where the kernel hands packets to a chain.
 *
 * @param type what the chain may do
 * @param point on the packet's way
 * @param priority the smaller comes first, of the chains at the same point
 * @param policy what becomes of packets that no rule decides on
 * @param device the interface, for {@link Family#NETDEV}
 */
public record Hook(Type type, Point point, int priority, Verdict policy, Optional<String> device) {
  /** NF_IP_PRI_NAT_DST of linux/netfilter_ipv4.h: before routing looks at the address. */
  public static final int NAT_DESTINATION = -100;

  /** NF_IP_PRI_FILTER. */
  public static final int FILTER = 0;

  /** NF_IP_PRI_NAT_SRC: after everything else. */
  public static final int NAT_SOURCE = 100;

  /** What a chain may do. */
  public enum Type {
    /** Let through or drop. */
    FILTER("filter"),
    /** Change addresses: it sees the first packet of each connection. */
    NAT("nat");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** As the kernel calls it. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** Points on a packet's way. Numbers from linux/netfilter.h. */
  public enum Point {
    /** Everything that comes in. */
    PREROUTING(0, "prerouting"),
    /** What is for this host. */
    INPUT(1, "input"),
    /** What this host passes on. */
    FORWARD(2, "forward"),
    /** What this host sends. */
    OUTPUT(3, "output"),
    /** Everything that goes out. */
    POSTROUTING(4, "postrouting"),
    /** What comes in at an interface ({@link Family#NETDEV}). */
    INGRESS(0, "ingress"),
    /** What leaves by an interface ({@link Family#NETDEV}). */
    EGRESS(1, "egress");

    private final int number;
    private final String text;

    Point(int number, String text) {
      this.number = number;
      this.text = text;
    }

    int number() {
      return number;
    }

    /** As nft(8) writes it. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** A filter that lets through what no rule drops, or drops what no rule lets through. */
  public static Hook filter(Point point, Verdict policy) {
    return new Hook(Type.FILTER, point, FILTER, policy, Optional.empty());
  }

  /** Changes addresses, those of destinations before routing and those of sources after it. */
  public static Hook nat(Point point) {
    int priority = point == Point.POSTROUTING ? NAT_SOURCE : NAT_DESTINATION;
    return new Hook(Type.NAT, point, priority, Verdict.ACCEPT, Optional.empty());
  }

  /** A filter of what comes in at one interface, or leaves by it. */
  public static Hook device(Point point, String device) {
    return new Hook(Type.FILTER, point, FILTER, Verdict.ACCEPT, Optional.of(device));
  }

  /** As nft(8) prints it. */
  @Override
  public String toString() {
    return "type %s hook %s%s priority %d; policy %s;"
        .formatted(type, point, device.map(name -> " device " + name).orElse(""), priority, policy);
  }
}
