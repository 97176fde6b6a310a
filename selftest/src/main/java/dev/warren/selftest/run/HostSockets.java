package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.dns.SocketFactory;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/** Opens the sockets of the DNS service in a host, so that forwarded queries come from there. */
record HostSockets(Host host) implements SocketFactory {

  @Override
  public DatagramChannel openUdp(ProtocolFamily family) throws IOException {
    return host.call(() -> DatagramChannel.open(family));
  }

  @Override
  public SocketChannel openTcp(ProtocolFamily family) throws IOException {
    return host.call(() -> SocketChannel.open(family));
  }
}
