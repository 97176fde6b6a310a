package dev.warren.lab.control;

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

  private ControlSocket(ServerSocketChannel server, Function<LabRequest, LabAnswer> handler) {
    this.server = server;
    this.handler = handler;
  }

  /**
   * Listens.
   *
   * @param handler called on a thread of each connection
   */
  static ControlSocket listen(Path labFolder, Function<LabRequest, LabAnswer> handler)
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
    ControlSocket socket = new ControlSocket(server, handler);
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
        out.write(ANSWERS.line(answer(line)) + "\n");
        out.flush();
      }
    } catch (IOException gone) {
      LOG.debug("a client of the control socket went away", gone);
    }
  }

  private LabAnswer answer(String line) {
    try {
      return handler.apply(REQUESTS.read(line));
    } catch (IOException unknown) {
      return new LabAnswer.Failure(
          "the lab does not know this request: " + unknown.getMessage(), true);
    } catch (RuntimeException mistake) {
      LOG.error("a mistake at the request {}", line, mistake);
      return new LabAnswer.Failure("internal error: " + mistake, false);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
