package dev.warren.lab.dns;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A client's connection: many queries, whose answers go back as they come (RFC 7766, 6.2.1.1). */
final class TcpClient implements FrameChannel.Listener {

  /** RFC 7766, 6.2.3, wants idle connections closed; clients of a lab may think for a while. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  private final EventLoop loop;
  private final Supplier<Judge> judge;
  private final Duration timeLimit;
  private final FrameChannel stream;
  private final Map<Forward, TcpRelay> relays = new HashMap<>();
  private EventLoop.Deadline idle;
  private long lastActive = System.nanoTime();
  private boolean ended;

  private TcpClient(
      EventLoop loop, SocketChannel channel, Supplier<Judge> judge, Duration timeLimit)
      throws IOException {
    this.loop = loop;
    this.judge = judge;
    this.timeLimit = timeLimit;
    this.stream = new FrameChannel(loop, channel, this);
    this.idle = loop.after(IDLE, this::closeIfIdle);
  }

  /** Serves a connection until the client closes it or is idle for long. */
  static void serve(
      EventLoop loop, SocketChannel channel, Supplier<Judge> judge, Duration timeLimit)
      throws IOException {
    new TcpClient(loop, channel, judge, timeLimit);
  }

  @Override
  public void received(byte[] message) {
    active();
    switch (judge.get().judge(message, Transport.TCP)) {
      case Verdict.Ignore() -> stream.close();
      case Verdict.Answer answer -> stream.send(answer.message());
      case Verdict.Relay(Forward forward) ->
          relays
              .computeIfAbsent(forward, f -> new TcpRelay(loop, f, timeLimit, this::answered))
              .send(message);
    }
  }

  @Override
  public void ended() {
    ended = true;
    closeWhenDone();
  }

  @Override
  public void closed() {
    idle.cancel();
    relays.values().forEach(TcpRelay::close);
  }

  private void answered(byte[] answer) {
    active();
    stream.send(answer);
    closeWhenDone();
  }

  /** A client that has said everything still waits for its answers. */
  private void closeWhenDone() {
    if (ended && relays.values().stream().noneMatch(TcpRelay::isBusy)) {
      stream.closeWhenSent();
    }
  }

  private void active() {
    lastActive = System.nanoTime();
  }

  private void closeIfIdle() {
    Duration left = IDLE.minusNanos(System.nanoTime() - lastActive);
    if (left.isPositive()) {
      idle = loop.after(left, this::closeIfIdle);
    } else {
      stream.close();
    }
  }
}
