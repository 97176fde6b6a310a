package dev.warren.lab.dns;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Rcode;

/**
 * The queries of one client's connection on their way to another server and back, over one
 * connection to it: the ids need not change, since the client keeps its own apart.
 */
final class TcpRelay {

  private static final Logger LOG = LoggerFactory.getLogger(TcpRelay.class);

  /** A query without an answer so far. */
  private static final class Waiting {
    private final byte[] query;
    private final EventLoop.Deadline deadline;

    Waiting(byte[] query, EventLoop.Deadline deadline) {
      this.query = query;
      this.deadline = deadline;
    }
  }

  private final EventLoop loop;
  private final Forward forward;
  private final Duration timeLimit;
  private final Consumer<byte[]> client;
  private final Map<Integer, Waiting> waiting = new HashMap<>();

  /** Queries that have an answer, and may get more: zone transfers have many (RFC 5936, 2.2). */
  private final Set<Integer> answered = new HashSet<>();

  private @Nullable FrameChannel server;

  TcpRelay(EventLoop loop, Forward forward, Duration timeLimit, Consumer<byte[]> client) {
    this.loop = loop;
    this.forward = forward;
    this.timeLimit = timeLimit;
    this.client = client;
  }

  /** Sends a query; the client gets the server's answers, or SERVFAIL. */
  void send(byte[] query) {
    int id = Wire.id(query);
    EventLoop.Deadline deadline = loop.after(timeLimit, () -> fail(id));
    Waiting before = waiting.put(id, new Waiting(query, deadline));
    if (before != null) {
      before.deadline.cancel();
    }
    answered.remove(id);
    try {
      connection().send(query);
    } catch (IOException e) {
      LOG.debug("No connection to {} for {}", forward.target(), forward.zone(), e);
      fail(id);
    }
  }

  /** Whether some query has no answer so far. */
  boolean isBusy() {
    return !waiting.isEmpty();
  }

  /** Forgets everything: the client is gone. */
  void close() {
    waiting.values().forEach(query -> query.deadline.cancel());
    waiting.clear();
    if (server != null) {
      server.close();
    }
  }

  private FrameChannel connection() throws IOException {
    if (server == null) {
      SocketChannel channel = forward.via().openTcp(forward.family());
      try {
        channel.configureBlocking(false);
        channel.connect(forward.target());
        server = new FrameChannel(loop, channel, new Server());
      } catch (IOException e) {
        Quietly.close(channel);
        throw e;
      }
    }
    return server;
  }

  private void fail(int id) {
    Waiting query = waiting.remove(id);
    if (query != null) {
      query.deadline.cancel();
      client.accept(Wire.error(query.query, Rcode.SERVFAIL));
    }
  }

  /** What the other server does. */
  private final class Server implements FrameChannel.Listener {

    @Override
    public void received(byte[] answer) {
      if (answer.length < Wire.HEADER) {
        return;
      }
      Waiting query = waiting.remove(Wire.id(answer));
      if (query != null) {
        query.deadline.cancel();
        answered.add(Wire.id(answer));
      }
      // An answer to a query that has failed already is late: the client has given it up.
      if (answered.contains(Wire.id(answer))) {
        client.accept(answer);
      }
    }

    @Override
    public void ended() {
      if (server != null) {
        server.close();
      }
    }

    @Override
    public void closed() {
      server = null;
      answered.clear();
      List.copyOf(waiting.keySet()).forEach(TcpRelay.this::fail);
    }
  }
}
