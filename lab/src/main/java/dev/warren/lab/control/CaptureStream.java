package dev.warren.lab.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * What a capture writes, on a connection that lines go over too: pieces, each after a line with its
 * length in bytes (decimal); after the last one comes a line with 0.
 */
final class CaptureStream implements WritableByteChannel {
  private final SocketChannel client;
  private final String announcement;
  private boolean hasBegun; // guarded by this
  private boolean open = true; // guarded by this
  private volatile boolean isWriting;

  /**
   * On a connection.
   *
   * @param announcement a line that goes before the first piece
   */
  CaptureStream(SocketChannel client, String announcement) {
    this.client = client;
    this.announcement = announcement;
  }

  @Override
  public synchronized int write(ByteBuffer piece) throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    int length = piece.remaining();
    if (length > 0) {
      isWriting = true;
      try {
        write(length, piece);
      } finally {
        isWriting = false;
      }
    }
    return length;
  }

  private void write(int length, ByteBuffer piece) throws IOException {
    String line = (hasBegun ? "" : announcement + "\n") + length + "\n";
    hasBegun = true;
    all(StandardCharsets.UTF_8.encode(line));
    all(piece);
  }

  private void all(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  @Override
  public boolean isOpen() {
    return client.isOpen();
  }

  /** Ends the pieces; a write that hangs, for nobody reads, ends with the connection. */
  @Override
  public void close() throws IOException {
    if (isWriting) {
      client.close();
      return;
    }
    synchronized (this) {
      boolean ends = open && hasBegun;
      open = false;
      if (ends) {
        write(0, ByteBuffer.allocate(0));
      }
    }
  }
}
