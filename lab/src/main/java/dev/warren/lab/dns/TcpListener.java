package dev.warren.lab.dns;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes connections from a listening socket. */
final class TcpListener implements EventLoop.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);

  private final EventLoop loop;
  private final ServerSocketChannel channel;
  private final Supplier<Judge> judge;
  private final Duration timeLimit;

  TcpListener(
      EventLoop loop, ServerSocketChannel channel, Supplier<Judge> judge, Duration timeLimit) {
    this.loop = loop;
    this.channel = channel;
    this.judge = judge;
    this.timeLimit = timeLimit;
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      SocketChannel client = channel.accept();
      if (client != null) {
        serve(client);
      }
    } catch (IOException e) {
      // The client is gone, or there are too many open files: the next may have more luck.
      LOG.debug("A connection could not be taken", e);
    }
  }

  @Override
  public void close() {
    Quietly.close(channel);
  }

  private void serve(SocketChannel client) throws IOException {
    try {
      TcpClient.serve(loop, client, judge, timeLimit);
    } catch (IOException e) {
      Quietly.close(client);
      throw e;
    }
  }
}
