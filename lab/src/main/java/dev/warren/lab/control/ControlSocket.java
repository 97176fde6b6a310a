package dev.warren.lab.control;

import dev.warren.lab.capture.Capture;
import dev.warren.lab.capture.CaptureCounts;
import dev.warren.lab.control.RequestLines.Limits;
import dev.warren.lab.json.TypedJson;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other processes of the user talk to a running lab: a socket in the lab's folder, which only
 * its owner may enter. A line is a {@link LabRequest} as JSON, and is answered by a line with a
 * {@link LabAnswer}; a connection may bring any number. What clients may take is bounded ({@link
 * Limits}): one that passes a bound is told so, and loses its connection.
 */
final class ControlSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

  /** The socket's name in the lab's folder. */
  static final String NAME = "control";

  /** From linux/un.h: UNIX_PATH_MAX less the NUL. */
  private static final int LONGEST_PATH = 107;

  private static final Duration BETWEEN_FAILURES = Duration.ofMillis(100);

  static final TypedJson<LabRequest> REQUESTS = new TypedJson<>(LabRequest.class);
  static final TypedJson<LabAnswer> ANSWERS = new TypedJson<>(LabAnswer.class);

  private final ServerSocketChannel server;
  private final Function<LabRequest, LabAnswer> handler;
  private final Capturer capturer;
  private final Limits limits;
  private final Semaphore places;
  private final Deadlines deadlines = new Deadlines();
  private final ReentrantLock reading = new ReentrantLock();

  private ControlSocket(
      ServerSocketChannel server,
      Function<LabRequest, LabAnswer> handler,
      Capturer capturer,
      Limits limits) {
    this.server = server;
    this.handler = handler;
    this.capturer = capturer;
    this.limits = limits;
    this.places = new Semaphore(limits.connections());
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
    return listen(labFolder, handler, capturer, Limits.STANDARD);
  }

  /** The same, with other bounds. */
  static ControlSocket listen(
      Path labFolder, Function<LabRequest, LabAnswer> handler, Capturer capturer, Limits limits)
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
      // Until then the folder, which is its owner's alone, keeps others out.
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException failure) {
      server.close();
      throw new IOException("the control socket " + path + ": " + failure.getMessage(), failure);
    }
    ControlSocket socket = new ControlSocket(server, handler, capturer, limits);
    Thread.ofPlatform().daemon().name("warren-control").start(socket::accept);
    return socket;
  }

  private void accept() {
    boolean failing = false;
    while (true) {
      try {
        SocketChannel client = server.accept();
        failing = false;
        if (places.tryAcquire()) {
          start(client);
        } else {
          turnAway(client);
        }
      } catch (AsynchronousCloseException closed) {
        return;
      } catch (IOException failure) {
        if (!server.isOpen()) {
          return;
        }
        if (!failing) {
          LOG.warn("a connection to the control socket could not be taken", failure);
        }
        failing = true;
        // It waits there still, and so does its reason: no descriptors, say.
        LockSupport.parkNanos(BETWEEN_FAILURES.toNanos());
      }
    }
  }

  private void start(SocketChannel client) throws IOException {
    try {
      Thread.ofPlatform().daemon().name("warren-control-client").start(() -> serve(client));
    } catch (OutOfMemoryError noThread) { // the machine has no more processes, or memory for one
      places.release();
      client.close();
      throw new IOException(noThread);
    }
  }

  private void turnAway(SocketChannel client) {
    try (client) {
      // A new connection has room for a line: nobody waits.
      send(
          client,
          new LabAnswer.Failure(
              "the lab has %d connections already: try again when others have ended"
                  .formatted(limits.connections()),
              false));
    } catch (IOException gone) {
      LOG.debug("a client of the control socket went away", gone);
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      RequestLines lines = new RequestLines(client, limits, deadlines);
      try {
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
          answer(client, answer(line.get(), client, lines));
        }
      } catch (RequestLines.Refusal refused) {
        answer(client, new LabAnswer.Failure(String.valueOf(refused.getMessage()), true));
      }
    } catch (IOException gone) {
      LOG.debug("a client of the control socket went away", gone);
    } finally {
      places.release();
    }
  }

  /** A client that does not take its answer loses the connection. */
  private void answer(SocketChannel client, LabAnswer answer) throws IOException {
    Future<?> deadline = deadlines.after(limits.patience(), client::close);
    try {
      send(client, answer);
    } finally {
      deadline.cancel(false);
    }
  }

  private static void send(SocketChannel client, LabAnswer answer) throws IOException {
    ByteBuffer line = StandardCharsets.UTF_8.encode(ANSWERS.line(answer) + "\n");
    while (line.hasRemaining()) {
      client.write(line);
    }
  }

  private LabAnswer answer(String line, SocketChannel client, RequestLines lines)
      throws IOException {
    LabRequest request;
    try {
      request = read(line);
    } catch (IOException unknown) {
      return new LabAnswer.Failure(
          "the lab does not know this request: " + unknown.getMessage(), true);
    }
    try {
      return request instanceof LabRequest.Capture asked
          ? capture(asked, client, lines)
          : handler.apply(request);
    } catch (RuntimeException mistake) {
      // Of ours, whatever it is: who asked is told, and the lab and other requests go on.
      LOG.error("a mistake at the request {}", request, mistake);
      return new LabAnswer.Failure("internal error: " + mistake, false);
    }
  }

  /** One at a time: a line of brackets becomes many times as much while it is read. */
  private LabRequest read(String line) throws IOException {
    reading.lock();
    try {
      return REQUESTS.read(line);
    } finally {
      reading.unlock();
    }
  }

  /** Returns when the client has had enough, or is gone. */
  private LabAnswer capture(LabRequest.Capture asked, SocketChannel client, RequestLines lines)
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
      var _ = lines.next();
    }
    CaptureCounts counts = capture.counts();
    return new LabAnswer.Captured(counts.packets(), counts.dropped());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
