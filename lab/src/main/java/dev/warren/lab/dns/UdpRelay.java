package dev.warren.lab.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Rcode;

/**
 * A query on its way to another server and back. It has a socket of its own: the query must keep
 * its id, since a signature covers it, and two clients may have chosen the same.
 */
final class UdpRelay implements EventLoop.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(UdpRelay.class);

  private final Forward forward;
  private final byte[] query;
  private final Consumer<byte[]> client;
  private final DatagramChannel channel;
  private final EventLoop.Deadline deadline;

  private UdpRelay(
      EventLoop loop,
      Forward forward,
      byte[] query,
      Duration timeLimit,
      Consumer<byte[]> client,
      DatagramChannel channel) {
    this.forward = forward;
    this.query = query;
    this.client = client;
    this.channel = channel;
    this.deadline = loop.after(timeLimit, () -> fail("it is silent"));
  }

  /** Sends a query; the client gets the server's answer, or SERVFAIL. */
  static void start(
      EventLoop loop, Forward forward, byte[] query, Duration timeLimit, Consumer<byte[]> client) {
    DatagramChannel channel;
    try {
      channel = forward.via().openUdp(forward.family());
    } catch (IOException e) {
      LOG.warn("No socket to forward to {} by", forward.target(), e);
      client.accept(Wire.error(query, Rcode.SERVFAIL));
      return;
    }
    new UdpRelay(loop, forward, query, timeLimit, client, channel).send(loop);
  }

  @Override
  public void ready(SelectionKey key) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try {
      while (channel.read(buffer.clear()) > 0) {
        byte[] answer = new byte[buffer.flip().remaining()];
        buffer.get(answer);
        if (answer.length >= Wire.HEADER && Wire.id(answer) == Wire.id(query)) {
          close();
          client.accept(answer);
          return;
        }
      }
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage())); // the host says that nobody listens there
    }
  }

  @Override
  public void close() {
    deadline.cancel();
    Quietly.close(channel);
  }

  private void send(EventLoop loop) {
    try {
      loop.register(channel, SelectionKey.OP_READ, this);
      channel.connect(forward.target()); // only this server's datagrams come in
      channel.write(ByteBuffer.wrap(query));
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private void fail(String reason) {
    LOG.debug("{} does not answer for {}: {}", forward.target(), forward.zone(), reason);
    close();
    client.accept(Wire.error(query, Rcode.SERVFAIL));
  }
}
