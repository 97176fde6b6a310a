package dev.warren.lab.control;

import dev.warren.lab.capture.Capture;
import dev.warren.lab.capture.CaptureCounts;
import dev.warren.lab.json.TypedJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other processes of the user talk to a running lab: a socket in the lab's folder, which only
 * its owner may enter. A line is a {@link LabRequest} as JSON, and is answered by a line with a
 * {@link LabAnswer}; a connection may bring any number.
 */
final class ControlSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

  /** The socket's name in the lab's folder. */
  static final String NAME = "control";

  /** From linux/un.h: UNIX_PATH_MAX less the NUL. */
  private static final int LONGEST_PATH = 107;

  static final TypedJson<LabRequest> REQUESTS = new TypedJson<>(LabRequest.class);
  static final TypedJson<LabAnswer> ANSWERS = new TypedJson<>(LabAnswer.class);

  private final ServerSocketChannel server;
  private final Function<LabRequest, LabAnswer> handler;
  private final Capturer capturer;

  private ControlSocket(
      ServerSocketChannel server, Function<LabRequest, LabAnswer> handler, Capturer capturer) {
    this.server = server;
    this.handler = handler;
    this.capturer = capturer;
  }

  /** Begins captures. */
  @FunctionalInterface
  interface Capturer {
    /**
     * Begins one.
     *
     * @param out closed with the capture
     * @throws IllegalArgumentException when it is of something that is not there
     */
    Capture begin(LabRequest.Capture asked, WritableByteChannel out) throws IOException;
  }

  /**
   * Listens.
   *
   * @param handler called on a thread of each connection
   * @param capturer the same, for captures
   */
  static ControlSocket listen(
      Path labFolder, Function<LabRequest, LabAnswer> handler, Capturer capturer)
      throws IOException {
    Path path = labFolder.resolve(NAME);
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      throw new IOException(
          "the path of the lab's control socket is longer than %d bytes: %s: give the lab a shorter name, or set XDG_RUNTIME_DIR"
              .formatted(LONGEST_PATH, path));
    }
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
    } catch (IOException failure) {
      server.close();
      throw new IOException("the control socket " + path + ": " + failure.getMessage(), failure);
    }
    ControlSocket socket = new ControlSocket(server, handler, capturer);
    Thread.ofPlatform().daemon().name("warren-control").start(socket::accept);
    return socket;
  }

  private void accept() {
    while (true) {
      try {
        SocketChannel client = server.accept();
        Thread.ofPlatform().daemon().name("warren-control-client").start(() -> serve(client));
      } catch (AsynchronousCloseException closed) {
        return;
      } catch (IOException failure) {
        if (!server.isOpen()) {
          return;
        }
        LOG.warn("a connection to the control socket could not be taken", failure);
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        BufferedReader in = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
        Writer out = Channels.newWriter(client, StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write(ANSWERS.line(answer(line, client, in)) + "\n");
        out.flush();
      }
    } catch (IOException gone) {
      LOG.debug("a client of the control socket went away", gone);
    }
  }

  private LabAnswer answer(String line, SocketChannel client, BufferedReader in)
      throws IOException {
    LabRequest request;
    try {
      request = REQUESTS.read(line);
    } catch (IOException unknown) {
      return new LabAnswer.Failure(
          "the lab does not know this request: " + unknown.getMessage(), true);
    }
    try {
      return request instanceof LabRequest.Capture asked
          ? capture(asked, client, in)
          : handler.apply(request);
    } catch (RuntimeException mistake) {
      // Of ours, whatever it is: who asked is told, and the lab and other requests go on.
      LOG.error("a mistake at the request {}", line, mistake);
      return new LabAnswer.Failure("internal error: " + mistake, false);
    }
  }

  /** Returns when the client has had enough, or is gone. */
  private LabAnswer capture(LabRequest.Capture asked, SocketChannel client, BufferedReader in)
      throws IOException {
    Capture capture;
    try {
      capture =
          capturer.begin(asked, new CaptureStream(client, ANSWERS.line(new LabAnswer.Capturing())));
    } catch (IllegalArgumentException refused) {
      return new LabAnswer.Failure(String.valueOf(refused.getMessage()), true);
    } catch (IOException failure) {
      return new LabAnswer.Failure(String.valueOf(failure.getMessage()), false);
    }
    try (capture) {
      String _ = in.readLine();
    }
    CaptureCounts counts = capture.counts();
    return new LabAnswer.Captured(counts.packets(), counts.dropped());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
