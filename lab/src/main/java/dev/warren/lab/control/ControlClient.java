package dev.warren.lab.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Talks to a running lab; for one thread. */
public final class ControlClient implements AutoCloseable {
  private final RunningLab lab;
  private final SocketChannel channel;
  private final BufferedReader in;
  private final Writer out;

  private ControlClient(RunningLab lab, SocketChannel channel) {
    this.lab = lab;
    this.channel = channel;
    this.in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    this.out = Channels.newWriter(channel, StandardCharsets.UTF_8);
  }

  /**
   * Connects.
   *
   * @throws IOException when the lab does not listen: it is being made, or it ends
   */
  public static ControlClient connect(RunningLab lab) throws IOException {
    return new ControlClient(lab, open(lab));
  }

  static SocketChannel open(RunningLab lab) throws IOException {
    try {
      return SocketChannel.open(
          UnixDomainSocketAddress.of(lab.directory().resolve(ControlSocket.NAME)));
    } catch (IOException failure) {
      throw new IOException(
          "lab \"%s\" does not take requests: it is being made, or ends (%s)"
              .formatted(lab.name(), failure.getMessage()),
          failure);
    }
  }

  /** Asks and waits for the answer. */
  public LabAnswer ask(LabRequest request) throws IOException {
    Optional<IOException> unsent = send(request);
    String line = in.readLine();
    if (line == null) {
      throw new IOException("lab \"%s\" has ended".formatted(lab.name()), unsent.orElse(null));
    }
    return ControlSocket.ANSWERS.read(line);
  }

  /** A lab that turns a client away says why, and then hears nothing. */
  private Optional<IOException> send(LabRequest request) {
    try {
      out.write(ControlSocket.REQUESTS.line(request) + "\n");
      out.flush();
      return Optional.empty();
    } catch (IOException failure) {
      return Optional.of(failure);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
