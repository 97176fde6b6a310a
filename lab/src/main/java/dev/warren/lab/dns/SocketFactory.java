package dev.warren.lab.dns;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/**
 * Opens sockets to forward by. A socket belongs to the network namespace of the thread that opens
 * it, so whoever wants the traffic to come out of some host opens it on a thread of that host.
 *
 * <p>Called on the service's only thread: it must not wait for anything slow.
 */
public interface SocketFactory {

  /** Opens a datagram socket, neither bound nor connected. */
  DatagramChannel openUdp(ProtocolFamily family) throws IOException;

  /** Opens a stream socket, neither bound nor connected. */
  SocketChannel openTcp(ProtocolFamily family) throws IOException;

  /** Sockets of the namespace that the service's thread is in: where it was started. */
  static SocketFactory here() {
    return new SocketFactory() {
      @Override
      public DatagramChannel openUdp(ProtocolFamily family) throws IOException {
        return DatagramChannel.open(family);
      }

      @Override
      public SocketChannel openTcp(ProtocolFamily family) throws IOException {
        return SocketChannel.open(family);
      }
    };
  }
}
