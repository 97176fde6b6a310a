package dev.warren.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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
    Attempt attempt = attempt(from, server, address, port, serverPort, LONG);
    return attempt.accepted().orElseGet(() -> "nobody; the client: " + attempt.client());
  }

  /** Whether nothing comes through, as far as can be seen soon. */
  static boolean isBlocked(Host from, Host server, String address, int port) throws Exception {
    return attempt(from, server, address, port, port, SOON).accepted().isEmpty();
  }

  /**
   * What came of it.
   *
   * @param accepted the client's address, when it got through
   * @param client why it did not connect, when it said so in time
   */
  private record Attempt(Optional<String> accepted, String client) {}

  private static Attempt attempt(
      Host from, Host server, String address, int port, int serverPort, int wait) throws Exception {
    Socket client = from.call(Reach::unconnected);
    AtomicReference<String> said = new AtomicReference<>("");
    Thread connecting =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  try {
                    client.connect(
                        new InetSocketAddress(InetAddress.ofLiteral(address), port), LONG);
                  } catch (IOException failure) {
                    said.set(failure.toString());
                  }
                });
    try (ServerSocket listening = server.call(() -> new ServerSocket(serverPort))) {
      listening.setSoTimeout(wait);
      connecting.start();
      try (Socket accepted = listening.accept()) {
        return new Attempt(Optional.of(accepted.getInetAddress().getHostAddress()), said.get());
      } catch (SocketTimeoutException nothing) {
        return new Attempt(Optional.empty(), said.get());
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
