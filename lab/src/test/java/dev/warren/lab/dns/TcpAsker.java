package dev.warren.lab.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/** A client's connection to a DNS service. */
final class TcpAsker implements AutoCloseable {

  /** How long a client waits for what should come at once, in milliseconds. */
  static final int PATIENCE = 20_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  TcpAsker(SocketAddress server) throws IOException {
    InetSocketAddress address = (InetSocketAddress) server;
    socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(PATIENCE);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  void send(byte[] query) throws IOException {
    out.writeShort(query.length);
    out.write(query);
  }

  byte[] receive() throws IOException {
    return in.readNBytes(in.readUnsignedShort());
  }

  /** For what is no message. */
  OutputStream out() {
    return out;
  }

  /** The next octet; -1 when the service has closed the connection. */
  int read() throws IOException {
    return in.read();
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
