package dev.warren.lab.faults;

import dev.warren.lab.Host;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes that one host sends and another receives, at a rate. */
final class Flow implements AutoCloseable {
  /** TCP tries again so long after a cut of half a second at the latest. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private static final int CHUNK = 64 << 10;

  private final Socket from;
  private final Socket to;
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong lastHeard = new AtomicLong(System.nanoTime());
  private final AtomicLong silence = new AtomicLong();
  private final Thread sending;
  private final Thread receiving;
  private volatile boolean ended;
  private volatile String failure = "";

  private Flow(Socket from, Socket to, long rate) {
    this.from = from;
    this.to = to;
    sending = Thread.ofPlatform().daemon().name("stream-out").start(() -> send(rate));
    receiving = Thread.ofPlatform().daemon().name("stream-in").start(this::receive);
  }

  static Flow between(Host from, Host to, String address, long rate) throws Exception {
    InetAddress there = InetAddress.getByName(address);
    try (ServerSocket server = to.call(() -> new ServerSocket(0, 1, there))) {
      Socket client = from.call(() -> new Socket(there, server.getLocalPort()));
      return new Flow(client, server.accept(), rate);
    }
  }

  private static void fill(byte[] chunk, long number) {
    new Random(number).nextBytes(chunk);
  }

  private void send(long rate) {
    byte[] chunk = new byte[CHUNK];
    try {
      OutputStream out = from.getOutputStream();
      long due = System.nanoTime();
      for (long number = 0; ; number++) {
        fill(chunk, number);
        out.write(chunk);
        due = Math.max(due + CHUNK * 1_000_000_000L / rate, System.nanoTime() - 100_000_000L);
        Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      }
    } catch (IOException | InterruptedException end) {
      if (!ended) {
        failure = end.toString();
      }
    }
  }

  private void receive() {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = to.getInputStream();
      for (long number = 0; ; number++) {
        byte[] got = in.readNBytes(CHUNK);
        long now = System.nanoTime();
        silence.accumulateAndGet(now - lastHeard.getAndSet(now), Math::max);
        fill(chunk, number);
        if (got.length < CHUNK && ended) {
          return;
        }
        if (!Arrays.equals(chunk, got)) {
          failure = "other bytes arrived than were sent, in chunk " + number;
          return;
        }
        received.addAndGet(CHUNK);
      }
    } catch (IOException end) {
      if (!ended) {
        failure = end.toString();
      }
    }
  }

  long received() {
    return received.get();
  }

  long longestSilence() {
    return Duration.ofNanos(silence.get()).toMillis();
  }

  void requireAlive() {
    if (!failure.isEmpty()) {
      throw new AssertionError(failure);
    }
    if (System.nanoTime() - lastHeard.get() > LONGEST_SILENCE.toNanos()) {
      throw new AssertionError("nothing arrived for " + LONGEST_SILENCE.toSeconds() + " s");
    }
  }

  @Override
  public void close() throws IOException {
    ended = true;
    sending.interrupt();
    from.close();
    to.close();
    try {
      sending.join();
      receiving.join();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
