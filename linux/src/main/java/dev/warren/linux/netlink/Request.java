package dev.warren.linux.netlink;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/** Something that rtnetlink is asked to do in the network namespace of a {@link NetlinkSocket}. */
public sealed interface Request {
  /** The longest name of an interface, from IFNAMSIZ in linux/if.h less the NUL. */
  int LONGEST_NAME = 15;

  /** In words, with its object, for errors and for plans. */
  String describe();

  /**
   * Makes a bridge and sets it up.
   *
   * @param index the interface index that it gets, 1 or more and unused
   */
  record CreateBridge(String name, int index) implements Request {
    @Override
    public String describe() {
      return "create bridge " + name;
    }
  }

  /**
   * Makes a cable: this end in the socket's namespace, on a bridge and up; the other end, still
   * down (the kernel refuses to make it up), in another namespace.
   *
   * @param name of this end
   * @param index of this end
   * @param bridge the index of the bridge that this end is put on
   * @param peerName of the other end
   * @param peerIndex of the other end, in its namespace
   * @param peerNamespace a descriptor of the network namespace of the other end
   */
  record CreateCable(
      String name, int index, int bridge, String peerName, int peerIndex, int peerNamespace)
      implements Request {
    @Override
    public String describe() {
      return "create cable " + name + " - " + peerName;
    }
  }

  /** Sets an interface up. */
  record SetUp(String name, int index) implements Request {
    @Override
    public String describe() {
      return "set " + name + " up";
    }
  }

  /**
   * Gives an interface an address. IPv6 addresses are usable at once: nobody else can have them, so
   * they are not probed for duplicates.
   */
  record AddAddress(String name, int index, InetAddress address, int prefix) implements Request {
    @Override
    public String describe() {
      return "add address " + address.getHostAddress() + "/" + prefix + " to " + name;
    }
  }

  /**
   * Adds a route.
   *
   * @param destination the network; nothing for the default route
   * @param prefix of the destination, in bits
   * @param gateway the next hop
   */
  record AddRoute(Optional<InetAddress> destination, int prefix, InetAddress gateway)
      implements Request {
    /** A default route to a gateway. */
    public static AddRoute byDefault(InetAddress gateway) {
      return new AddRoute(Optional.empty(), 0, gateway);
    }

    @Override
    public String describe() {
      String network =
          destination.map(address -> address.getHostAddress() + "/" + prefix).orElse("default");
      return "add route " + network + " via " + gateway.getHostAddress();
    }
  }

  /** Removes an interface; both ends go when it is a cable. */
  record Delete(String name, int index) implements Request {
    @Override
    public String describe() {
      return "delete " + name;
    }
  }

  /** Whether an address is of IPv4. */
  static boolean isIpv4(InetAddress address) {
    return address instanceof Inet4Address;
  }
}
