package dev.warren.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Who reaches whom by TCP, and as whom. */
final class Reach {
  private static final int SOON = 700;
  private static final int LONG = 20_000;

  private Reach() {}

  /** Connects to a server's port directly: its address as the server sees the client, in words. */
  static String seen(Host from, Host server, String address, int port) throws Exception {
    return seen(from, server, address, port, port);
  }

  /** Connects to an address that leads to the server's port; says whom the server then sees. */
  static String seen(Host from, Host server, String address, int port, int serverPort)
      throws Exception {
    return attempt(from, server, address, port, serverPort, LONG);
  }

  /** Whether nothing comes through, as far as can be seen soon. */
  static boolean isBlocked(Host from, Host server, String address, int port) throws Exception {
    return attempt(from, server, address, port, port, SOON).isEmpty();
  }

  private static String attempt(
      Host from, Host server, String address, int port, int serverPort, int wait) throws Exception {
    Socket client = from.call(Reach::unconnected);
    Thread connecting =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  try {
                    client.connect(
                        new InetSocketAddress(InetAddress.ofLiteral(address), port), LONG);
                  } catch (IOException closed) {
                    // The server's side is what is looked at.
                  }
                });
    try (ServerSocket listening = server.call(() -> new ServerSocket(serverPort))) {
      listening.setSoTimeout(wait);
      connecting.start();
      try (Socket accepted = listening.accept()) {
        return accepted.getInetAddress().getHostAddress();
      } catch (SocketTimeoutException nothing) {
        return "";
      }
    } finally {
      client.close();
      connecting.join();
    }
  }

  /** Opened now, so that it is this host's. */
  private static Socket unconnected() throws IOException {
    Socket socket = new Socket();
    socket.bind(null);
    return socket;
  }
}
