package dev.warren.lab.dns;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes queries from a datagram socket. */
final class UdpListener implements EventLoop.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);

  /** So that a flood on one socket does not keep the loop from the others. */
  private static final int BATCH = 64;

  private final EventLoop loop;
  private final DatagramChannel channel;
  private final Supplier<Judge> judge;
  private final Duration timeLimit;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

  UdpListener(EventLoop loop, DatagramChannel channel, Supplier<Judge> judge, Duration timeLimit) {
    this.loop = loop;
    this.channel = channel;
    this.judge = judge;
    this.timeLimit = timeLimit;
  }

  @Override
  public void ready(SelectionKey key) {
    for (int i = 0; i < BATCH && receive(); i++) {}
  }

  @Override
  public void close() {
    Quietly.close(channel);
  }

  private boolean receive() {
    try {
      buffer.clear();
      SocketAddress client = channel.receive(buffer);
      if (client == null) {
        return false;
      }
      byte[] message = new byte[buffer.flip().remaining()];
      buffer.get(message);
      switch (judge.get().judge(message, Transport.UDP)) {
        case Verdict.Ignore() -> {}
        case Verdict.Answer answer -> send(answer.message(), client);
        case Verdict.Relay(Forward forward) ->
            UdpRelay.start(loop, forward, message, timeLimit, answer -> send(answer, client));
      }
      return true;
    } catch (IOException e) {
      // An error of a datagram is about that datagram; only a closed socket stays broken.
      LOG.debug("Receiving a query failed", e);
      return channel.isOpen();
    } catch (RuntimeException e) {
      // Of ours, at what somebody sent: it costs that query only.
      LOG.error("A mistake in the DNS service: this query gets no answer", e);
      return true;
    }
  }

  private void send(byte[] answer, SocketAddress client) {
    try {
      channel.send(ByteBuffer.wrap(answer), client);
    } catch (IOException e) {
      LOG.debug("The answer to {} is lost", client, e);
    }
  }
}
