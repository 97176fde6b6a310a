package dev.warren.lab.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * What a client says, line by line, within bounds: whoever sends without an end, or begins a line
 * and leaves it at that, takes no more memory than a line and no place for longer than a while.
 */
final class RequestLines {
  private static final int AT_ONCE = 8192;

  private final SocketChannel client;
  private final Limits limits;
  private final Deadlines deadlines;

  /** What was read and is in no line yet. */
  private final ByteBuffer ahead = ByteBuffer.allocate(AT_ONCE).flip();

  private boolean hasBegun;
  private volatile boolean late;

  RequestLines(SocketChannel client, Limits limits, Deadlines deadlines) {
    this.client = client;
    this.limits = limits;
    this.deadlines = deadlines;
  }

  /**
   * What one client, and all together, may take.
   *
   * @param connections at once
   * @param line the longest one, in bytes, without its end
   * @param patience how long a client may take from the first byte of a line to its end, to its
   *     first line at all, and to take an answer
   */
  record Limits(int connections, int line, Duration patience) {
    static final Limits STANDARD = new Limits(64, 1 << 20, Duration.ofSeconds(30));
  }

  /**
   * What a client is told, and nothing more: it has passed a bound, and what follows is no line.
   */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
      super(message);
    }
  }

  /**
   * The next line without its end. The last one may end with the connection.
   *
   * @return empty when nothing follows
   * @throws Refusal when it is too long, takes too long, or is no UTF-8
   */
  Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    Optional<Future<?>> deadline = hasBegun ? Optional.empty() : Optional.of(deadline());
    hasBegun = true;
    try {
      while (true) {
        if (takeLine(line)) {
          return Optional.of(text(line));
        }
        if (line.size() > 0 && deadline.isEmpty()) {
          deadline = Optional.of(deadline());
        }
        ahead.clear();
        int count = client.read(ahead);
        ahead.flip();
        if (late) {
          throw new Refusal(
              "no whole request within %d seconds".formatted(limits.patience().toSeconds()));
        }
        if (count < 0) {
          return line.size() == 0 ? Optional.empty() : Optional.of(text(line));
        }
      }
    } finally {
      deadline.ifPresent(one -> one.cancel(false));
    }
  }

  /** Moves what there is, to the line's end. */
  private boolean takeLine(ByteArrayOutputStream line) throws Refusal {
    while (ahead.hasRemaining()) {
      byte next = ahead.get();
      if (next == '\n') {
        return true;
      }
      if (line.size() == limits.line()) {
        throw new Refusal("a request is longer than %d bytes".formatted(limits.line()));
      }
      line.write(next);
    }
    return false;
  }

  private static String text(ByteArrayOutputStream line) throws Refusal {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line.toByteArray()))
          .toString();
    } catch (CharacterCodingException malformed) {
      throw new Refusal("a request is no UTF-8");
    }
  }

  private Future<?> deadline() {
    return deadlines.after(
        limits.patience(),
        () -> {
          late = true;
          // Whoever reads gets the end, and can still answer.
          client.shutdownInput();
        });
  }
}
