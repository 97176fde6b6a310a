package dev.warren.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Who reaches whom, asked by a connection. */
final class Contact {
  private static final int PATIENCE_MILLIS = 5000;
  private static final int ENOUGH_MILLIS = 300;

  private Contact() {}

  /** Whether a connection comes about; a long wait for one that should. */
  static boolean reaches(Host from, Host to, String address) throws Exception {
    return connects(from, to, address, PATIENCE_MILLIS);
  }

  /** Whether no connection comes about in a while that is long enough between two hosts. */
  static boolean isCutOff(Host from, Host to, String address) throws Exception {
    return !connects(from, to, address, ENOUGH_MILLIS);
  }

  private static boolean connects(Host from, Host to, String address, int millis) throws Exception {
    try (ServerSocket server =
        to.call(() -> new ServerSocket(0, 5, InetAddress.getByName(address)))) {
      InetSocketAddress target =
          new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
      return from.call(
          () -> {
            try (Socket socket = new Socket()) {
              socket.connect(target, millis);
              return true;
            } catch (IOException unreachable) {
              return false;
            }
          });
    }
  }
}
