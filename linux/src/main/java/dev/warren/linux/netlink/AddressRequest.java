package dev.warren.linux.netlink;

import java.net.InetAddress;

/** Gives interfaces addresses and takes them away. */
public sealed interface AddressRequest extends Request {
  /** The interface's name, for errors. */
  String name();

  /** The interface's index. */
  int index();

  /** The address. */
  InetAddress address();

  /** The length of its network's prefix, in bits. */
  int prefix();

  /**
   * Gives an interface an address. IPv6 addresses are usable at once: nobody else can have them, so
   * they are not probed for duplicates.
   */
  record Add(String name, int index, InetAddress address, int prefix) implements AddressRequest {
    @Override
    public String describe() {
      return "add address " + address.getHostAddress() + "/" + prefix + " to " + name;
    }
  }

  /** Takes an address from an interface. */
  record Delete(String name, int index, InetAddress address, int prefix) implements AddressRequest {
    @Override
    public String describe() {
      return "delete address " + address.getHostAddress() + "/" + prefix + " of " + name;
    }
  }
}
