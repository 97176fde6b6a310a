package dev.warren.bench;

import dev.warren.lab.Host;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/** Two hosts with two TCP connections: one answers each byte, one swallows all that comes. */
final class Pair implements AutoCloseable {
  private static final int CHUNK = 256 * 1024;

  private final SocketChannel echo;
  private final SocketChannel bulk;
  private final AtomicLong swallowed = new AtomicLong();
  private final ByteBuffer one = ByteBuffer.allocateDirect(1);
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);

  Pair(Host from, Host to, String address) throws Exception {
    InetSocketAddress any = new InetSocketAddress(address, 0);
    try (ServerSocketChannel server = to.call(() -> ServerSocketChannel.open().bind(any))) {
      this.echo = connect(from, server);
      SocketChannel echoing = server.accept();
      echoing.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Thread.ofPlatform().daemon().start(() -> echo(echoing));
      this.bulk = connect(from, server);
      SocketChannel sink = server.accept();
      Thread.ofPlatform().daemon().start(() -> swallow(sink));
    }
  }

  private static SocketChannel connect(Host from, ServerSocketChannel server) throws Exception {
    SocketChannel channel = from.call(() -> SocketChannel.open(server.getLocalAddress()));
    return channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  private static void echo(SocketChannel channel) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1);
    try (channel) {
      while (channel.read(buffer.clear()) > 0) {
        var _ = channel.write(buffer.flip());
      }
    } catch (IOException end) {
      // The lab has ended.
    }
  }

  private void swallow(SocketChannel channel) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
    try (channel) {
      for (int n = channel.read(buffer); n > 0; n = channel.read(buffer.clear())) {
        swallowed.addAndGet(n);
      }
    } catch (IOException end) {
      // The lab has ended.
    }
  }

  /** How long one byte takes there and back, in nanoseconds. */
  long roundTrip() throws IOException {
    long start = System.nanoTime();
    var _ = echo.write(one.clear());
    if (echo.read(one.clear()) != 1) {
      throw new ClosedChannelException();
    }
    return System.nanoTime() - start;
  }

  /** How many bits arrive in a second, when so many nanoseconds long all is sent that goes. */
  double bitsPerSecond(long nanos) throws IOException {
    long before = swallowed.get();
    long start = System.nanoTime();
    long sent = 0;
    while (System.nanoTime() - start < nanos) {
      sent += bulk.write(chunk.clear());
    }
    while (swallowed.get() < before + sent) {
      Thread.onSpinWait();
    }
    return sent * 8e9 / (System.nanoTime() - start);
  }

  @Override
  public void close() throws IOException {
    echo.close();
    bulk.close();
  }
}
