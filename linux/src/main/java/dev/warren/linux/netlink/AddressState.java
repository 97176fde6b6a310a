package dev.warren.linux.netlink;

import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.message.Attributes;
import dev.warren.linux.netlink.message.Message;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An address that an interface has.
 *
 * @param index the interface's
 * @param prefix the length of the network's prefix, in bits
 */
public record AddressState(int index, InetAddress address, int prefix) {
  /** struct ifaddrmsg of linux/if_addr.h. */
  private static final int FIXED = 8;

  /** From an RTM_NEWADDR message; empty for an address that is neither IPv4 nor IPv6. */
  static Optional<AddressState> read(ByteBuffer message) throws KernelException {
    int at = Message.HEADER;
    Attributes attributes = Attributes.read(message, at + FIXED);
    // IPv6 has IFA_LOCAL only where IFA_ADDRESS is the other end's.
    Optional<InetAddress> address =
        attributes
            .address(AddressEncoder.IFA_LOCAL)
            .or(() -> attributes.address(AddressEncoder.IFA_ADDRESS));
    int prefix = message.get(at + 1) & 0xff;
    Message.requirePrefix(prefix, address);
    return address.map(one -> new AddressState(message.getInt(at + 4), one, prefix));
  }
}
