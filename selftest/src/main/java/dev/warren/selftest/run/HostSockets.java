package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.dns.SocketFactory;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;

/** Opens the sockets of the DNS service in a host, so that forwarded queries come from there. */
record HostSockets(Host host) implements SocketFactory {

  @Override
  public DatagramChannel openUdp(ProtocolFamily family) throws IOException {
    return open(() -> DatagramChannel.open(family));
  }

  @Override
  public SocketChannel openTcp(ProtocolFamily family) throws IOException {
    return open(() -> SocketChannel.open(family));
  }

  private <T> T open(Callable<T> opener) throws IOException {
    try {
      return host.call(opener);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("opening a socket in host " + host.name(), e);
    }
  }
}
