package dev.warren.lab.control;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A capture that a running lab makes for this process; it ends when this process does. */
public final class CaptureClient implements AutoCloseable {
  private static final ByteBuffer END = StandardCharsets.US_ASCII.encode("\n").asReadOnlyBuffer();

  private final SocketChannel channel;
  private final InputStream in;

  private CaptureClient(SocketChannel channel) {
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
  }

  /**
   * Connects.
   *
   * @throws IOException when the lab does not listen
   */
  public static CaptureClient connect(RunningLab lab) throws IOException {
    return new CaptureClient(ControlClient.open(lab));
  }

  /**
   * Begins. After {@link LabAnswer.Capturing} comes {@link #copy}, after a failure nothing.
   *
   * @return what the lab says to it
   */
  public LabAnswer begin(LabRequest.Capture capture) throws IOException {
    try {
      send(StandardCharsets.UTF_8.encode(ControlSocket.REQUESTS.line(capture) + "\n"));
    } catch (IOException unsent) {
      // A lab that turns a client away says why, and then hears nothing.
      try {
        return answer();
      } catch (IOException unsaid) {
        unsent.addSuppressed(unsaid);
        throw unsent;
      }
    }
    return answer();
  }

  /**
   * Copies the file until somebody calls {@link #end}, the lab ends, or the file cannot be written.
   *
   * @return what the lab says at the end
   */
  public LabAnswer copy(OutputStream file) throws IOException {
    for (int length = length(); length > 0; length = length()) {
      byte[] piece = in.readNBytes(length);
      if (piece.length < length) {
        throw ended();
      }
      file.write(piece);
      if (in.available() == 0) {
        file.flush();
      }
    }
    file.flush();
    // The lab may have ended it by itself, and waits for the word; a second one is left unread.
    end();
    return answer();
  }

  /** Asks for the end, on any thread: the rest comes to who copies. */
  public void end() throws IOException {
    send(END.duplicate());
  }

  private synchronized void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private int length() throws IOException {
    return Integer.parseInt(line());
  }

  private LabAnswer answer() throws IOException {
    return ControlSocket.ANSWERS.read(line());
  }

  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw ended();
      }
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static EOFException ended() {
    return new EOFException("the lab has ended; what was captured until then is there");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
