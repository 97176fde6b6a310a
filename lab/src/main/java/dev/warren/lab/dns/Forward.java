package dev.warren.lab.dns;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import org.xbill.DNS.Name;

/** A zone that another server answers for, and how to reach it. */
record Forward(Name zone, InetSocketAddress target, SocketFactory via) {

  ProtocolFamily family() {
    return target.getAddress() instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }
}
