package dev.warren.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.FutureTask;

/** A TCP connection between two hosts, and bytes through it that are compared one by one. */
final class Transfer implements AutoCloseable {
  private final Socket from;
  private final Socket to;

  private Transfer(Socket from, Socket to) {
    this.from = from;
    this.to = to;
  }

  /** Connects one host to an address of another. */
  static Transfer between(Host from, Host to, String toAddress) throws Exception {
    InetAddress address = InetAddress.getByName(toAddress);
    try (ServerSocket server = to.call(() -> new ServerSocket(0, 1, address))) {
      Socket client = from.call(() -> new Socket(address, server.getLocalPort()));
      return new Transfer(client, server.accept());
    }
  }

  /**
   * Sends so many bytes.
   *
   * @return how long it took until the last arrived
   * @throws AssertionError when others arrive
   */
  Duration send(int count) throws Exception {
    byte[] bytes = new byte[count];
    new Random(42).nextBytes(bytes);
    long start = System.nanoTime();
    FutureTask<Void> sending =
        new FutureTask<>(
            () -> {
              OutputStream out = from.getOutputStream();
              out.write(bytes);
              return null;
            });
    Thread.ofVirtual().start(sending);
    to.setSoTimeout(60_000);
    InputStream in = to.getInputStream();
    byte[] arrived = in.readNBytes(count);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    sending.get();
    if (!java.util.Arrays.equals(bytes, arrived)) {
      throw new AssertionError("other bytes arrived than were sent");
    }
    return time;
  }

  @Override
  public void close() throws IOException {
    from.close();
    to.close();
  }
}
