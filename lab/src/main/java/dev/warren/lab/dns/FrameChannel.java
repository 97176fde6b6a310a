package dev.warren.lab.dns;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Messages over a stream: each behind its length in two octets (RFC 1035, 4.2.2; RFC 7766, 8). */
final class FrameChannel implements EventLoop.Handler {

  /** What happens on the stream. */
  interface Listener {

    /** A whole message came. */
    void received(byte[] message);

    /** The other side sends nothing more; it may still read. */
    void ended();

    /** The stream is closed, by whomever. Called once. */
    void closed();
  }

  /** With more than this on its way out, in octets, no more is taken in from the other side. */
  private static final int CROWDED = 1 << 20;

  private final SocketChannel channel;
  private final Listener listener;
  private final SelectionKey key;
  private final ByteBuffer length = ByteBuffer.allocate(2);
  private @Nullable ByteBuffer body;
  private final Deque<ByteBuffer> out = new ArrayDeque<>();
  private int outgoing;
  private boolean ended;
  private boolean closeWhenSent;
  private boolean closed;

  /** Takes a channel that is connected or being connected. */
  FrameChannel(EventLoop loop, SocketChannel channel, Listener listener) throws IOException {
    this.channel = channel;
    this.listener = listener;
    int events = channel.isConnected() ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
    this.key = loop.register(channel, events, this);
  }

  /** Sends a message as soon as the other side takes it. */
  void send(byte[] message) {
    if (closed) {
      return;
    }
    ByteBuffer frame = ByteBuffer.allocate(2 + message.length);
    out.add(frame.putShort((short) message.length).put(message).flip());
    outgoing += frame.remaining();
    watch();
  }

  /** Closes the stream when everything is sent. */
  void closeWhenSent() {
    closeWhenSent = true;
    if (out.isEmpty()) {
      close();
    }
  }

  @Override
  public void ready(SelectionKey ready) throws IOException {
    if (ready.isConnectable()) {
      channel.finishConnect();
      watch();
    } else {
      if (ready.isWritable()) {
        flush();
      }
      if (!closed && ready.isReadable()) {
        read();
      }
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Quietly.close(channel);
      listener.closed();
    }
  }

  private void watch() {
    if (!closed && channel.isConnected()) {
      int read = ended || outgoing > CROWDED ? 0 : SelectionKey.OP_READ;
      key.interestOps(read | (out.isEmpty() ? 0 : SelectionKey.OP_WRITE));
    }
  }

  private void flush() throws IOException {
    while (!out.isEmpty()) {
      outgoing -= channel.write(out.element());
      if (out.element().hasRemaining()) {
        break;
      }
      out.remove();
    }
    if (out.isEmpty() && closeWhenSent) {
      close();
    }
    watch();
  }

  /** Reads one message at most: the selector comes back, and others have their turn. */
  private void read() throws IOException {
    if (body == null) {
      if (isAtEnd(length) || length.hasRemaining()) {
        return;
      }
      body = ByteBuffer.allocate(length.flip().getShort() & 0xffff);
    }
    if (!isAtEnd(body) && !body.hasRemaining()) {
      byte[] message = body.array();
      body = null;
      length.clear();
      listener.received(message);
    }
  }

  private boolean isAtEnd(ByteBuffer buffer) throws IOException {
    if (channel.read(buffer) >= 0) {
      return false;
    }
    if (body != null || length.position() > 0) {
      throw new EOFException("the stream ends in a message");
    }
    ended = true;
    watch();
    listener.ended();
    return true;
  }
}
