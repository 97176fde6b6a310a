package dev.warren.selftest.run;

import dev.warren.lab.process.ProcessTree;
import dev.warren.selftest.verdict.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Hands on what a process writes, on the caller's thread, until it ends: by itself, by its time
 * limit, or because the caller is interrupted. Waits for nobody who merely keeps the pipe open.
 *
 * <p>Who wants no more reads no further: the process then dies as it writes, as at any pipe whose
 * reader has gone.
 */
final class OutputPump {
  private static final int CHUNKS = 64;
  private static final int CHUNK_SIZE = 1 << 16;
  private static final Duration POLL = Duration.ofMillis(50);

  /** How long after its end a process's children may still write into its pipe. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Process process;
  private final AtTimeLimit atTimeLimit;
  private final BooleanSupplier enough;
  private volatile boolean closing;
  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS);

  /** Takes bytes. */
  @FunctionalInterface
  interface Sink {
    void accept(byte[] bytes, int offset, int length);
  }

  /** Looks at a process whose time is over, before it is ended. */
  @FunctionalInterface
  interface AtTimeLimit {
    void look(Process process) throws InterruptedException;
  }

  OutputPump(Process process) {
    this(process, _ -> {}, () -> false);
  }

  /**
   * @param enough asked after each piece, on the caller's thread, whether no more is wanted
   */
  OutputPump(Process process, AtTimeLimit atTimeLimit, BooleanSupplier enough) {
    this.process = process;
    this.atTimeLimit = atTimeLimit;
    this.enough = enough;
  }

  /** Pumps to the end. After it the process, and what descends from it, has ended. */
  Exit run(Duration limit, Sink sink) {
    Thread reader = Thread.ofPlatform().daemon().name("warren-output").start(this::read);
    long end = System.nanoTime() + limit.toNanos();
    try {
      boolean open = true;
      while (process.isAlive()) {
        if (System.nanoTime() > end) {
          atTimeLimit.look(process);
          ProcessTree.end(process);
          drain(sink);
          return new Exit.TimeLimit(limit);
        }
        if (open) {
          open = take(sink, POLL);
        } else {
          process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
      if (open) {
        drain(sink);
      }
      return Exit.ofCode(process.exitValue());
    } catch (InterruptedException e) {
      ProcessTree.end(process);
      keepRest(sink);
      Thread.currentThread().interrupt();
      return new Exit.Interrupted();
    } finally {
      reader.interrupt();
    }
  }

  /** Takes what is left; the reader ends with the pipe, or is left to the end of the lab. */
  private void drain(Sink sink) throws InterruptedException {
    long end = System.nanoTime() + GRACE.toNanos();
    while (System.nanoTime() < end && take(sink, POLL)) {
      // The sink has it.
    }
  }

  /** As {@link #drain}, for who has been interrupted; a second interrupt ends it. */
  private void keepRest(Sink sink) {
    boolean _ = Thread.interrupted();
    try {
      drain(sink);
    } catch (InterruptedException impatient) {
      // What was taken so far is kept.
    }
  }

  /** Takes a chunk if one comes in time; false when there will be none. */
  private boolean take(Sink sink, Duration patience) throws InterruptedException {
    byte[] chunk = chunks.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (chunk != null) {
      sink.accept(chunk, 0, chunk.length);
      closing = closing || enough.getAsBoolean();
    }
    // An empty chunk is the end.
    return chunk == null || chunk.length > 0;
  }

  private void read() {
    try (InputStream in = process.getInputStream()) {
      byte[] buffer = new byte[CHUNK_SIZE];
      for (int count = in.read(buffer); count >= 0 && !closing; count = in.read(buffer)) {
        chunks.put(Arrays.copyOf(buffer, count));
      }
    } catch (IOException | InterruptedException e) {
      // The process or its taker is gone: nothing more is to be had.
    }
    putEnd();
  }

  private void putEnd() {
    try {
      chunks.put(new byte[0]);
    } catch (InterruptedException e) {
      // Nobody takes any more.
    }
  }
}
