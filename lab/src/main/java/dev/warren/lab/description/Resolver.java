package dev.warren.lab.description;

import java.net.InetAddress;
import java.util.List;

/** Whom a host asks for names: what its /etc/resolv.conf says. */
public sealed interface Resolver {

  /** The lab's own DNS service, which listens inside the host on 127.0.0.53. */
  record Lab() implements Resolver {}

  /**
   * Servers, asked in this order.
   *
   * @param servers at least one; resolv.conf(5) ends at three (MAXNS)
   */
  record Addresses(List<InetAddress> servers) implements Resolver {

    /** Checks the number of servers. */
    public Addresses {
      servers = List.copyOf(servers);
      Checks.check(
          !servers.isEmpty() && servers.size() <= 3,
          "a resolver has one to three servers, not %d",
          servers.size());
    }
  }

  /** The lab's own DNS service. */
  static Resolver lab() {
    return new Lab();
  }

  /** Servers, asked in this order. */
  static Resolver addresses(List<InetAddress> servers) {
    return new Addresses(servers);
  }
}
