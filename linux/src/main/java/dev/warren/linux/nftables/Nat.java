package dev.warren.linux.nftables;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.OptionalInt;

/** Changes addresses, for a whole connection and both directions. */
public sealed interface Nat extends Statement {
  /**
   * What goes out gets the address of the interface that it leaves by.
   *
   * @param randomPorts whether the source port is changed always and by chance, instead of kept
   *     where it is free
   */
  record Masquerade(boolean randomPorts) implements Nat {
    @Override
    public String toString() {
      return randomPorts ? "masquerade fully-random" : "masquerade";
    }
  }

  /**
   * What comes in goes to another address.
   *
   * @param port another port too
   */
  record Destination(InetAddress address, OptionalInt port) implements Nat {
    @Override
    public String toString() {
      boolean ipv4 = address instanceof Inet4Address;
      String host = address.getHostAddress();
      String text = port.isPresent() && !ipv4 ? "[" + host + "]" : host;
      return "dnat "
          + (ipv4 ? "ip" : "ip6")
          + " to "
          + text
          + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
  }
}
