package dev.warren.lab.control;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.DescriptorInputStream;
import dev.warren.linux.kernel.DescriptorOutputStream;
import dev.warren.linux.kernel.Fifo;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.process.PidFd;
import dev.warren.linux.process.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the commands of {@code warren exec} whose launcher was ended by a signal.
 *
 * <p>The launcher becomes nsenter, which waits for the command and dies of a signal without passing
 * it on. Passing it on would take another process in between, which costs more than the whole
 * launcher. So the launcher only says its PID here, through a named pipe, and the supervisor, which
 * is there anyway, looks after the command:
 *
 * <pre>
 *   launcher = nsenter ──fork──▶ command (in the host)
 *       │ "PID\n"                  ▲ SIGTERM, later SIGKILL
 *       ▼                          │ when nsenter has ended and the command has not
 *   LAB/execs ──▶ this watch ──────┘
 * </pre>
 *
 * <p>A launcher that is killed within the first milliseconds, before nsenter has forked and was
 * looked at, leaves its command to the end of the lab. So does every launcher where the kernel does
 * not tell the children of a process (CONFIG_PROC_CHILDREN).
 */
final class ExecWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecWatch.class);

  /** What the launcher writes its PID to, in the lab's folder. */
  static final String PIPE = "execs";

  /**
   * Most commands are over by then, and cost no more than this wait; and launchers that start in
   * quick succession do not wake this thread each, on a processor that they could use.
   */
  private static final Duration UNTIL_LOOKED_AT = Duration.ofMillis(50);

  private static final int READ = 4096;

  /** How long nsenter may take to fork, on a machine that is very busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  /** How long a command may take to end by itself. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration FOR_EVER = Duration.ofDays(10_000);

  /** A line that no launcher writes. */
  private static final String END = "end";

  private final Kernel kernel;
  private final Descriptor pipe;
  private final Set<Long> watched = ConcurrentHashMap.newKeySet();

  private ExecWatch(Kernel kernel, Descriptor pipe) {
    this.kernel = kernel;
    this.pipe = pipe;
  }

  /** Watches the commands of one lab. */
  static ExecWatch start(Path labFolder) throws IOException {
    Kernel kernel = Kernel.real();
    ExecWatch watch = new ExecWatch(kernel, Fifo.make(kernel, labFolder.resolve(PIPE)));
    Thread.ofPlatform().daemon().name("warren-execs").start(watch::listen);
    return watch;
  }

  /** The PIDs of the launchers whose commands are looked after now. */
  Set<Long> watched() {
    return Set.copyOf(watched);
  }

  private void listen() {
    byte[] bytes = new byte[READ];
    String unfinished = "";
    try (DescriptorInputStream in = new DescriptorInputStream(kernel, pipe)) {
      while (true) {
        // Writers write a line at once, and a pipe keeps that together (PIPE_BUF); a read may not.
        String said = unfinished + new String(bytes, 0, in.read(bytes), StandardCharsets.US_ASCII);
        int end = said.lastIndexOf('\n') + 1;
        unfinished = said.substring(end);
        String lines = said.substring(0, end);
        if (lines.contains(END)) {
          return;
        }
        Thread.sleep(UNTIL_LOOKED_AT);
        lines.lines().filter(line -> line.matches("[1-9][0-9]{0,9}")).forEach(this::look);
      }
    } catch (IOException failure) {
      LOG.warn("commands of `warren exec` are not looked after any more", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(String pid) {
    if (Files.exists(Path.of("/proc", pid))) {
      Thread.ofPlatform()
          .daemon()
          .name("warren-exec-" + pid)
          .start(() -> watch(Long.parseLong(pid)));
    }
  }

  private void watch(long pid) {
    try (PidFd launcher = PidFd.open(kernel, pid)) {
      Optional<PidFd> command = command(pid, launcher);
      if (command.isEmpty()) {
        return;
      }
      watched.add(pid);
      try (PidFd held = command.get()) {
        if (launcher.awaitEnd(FOR_EVER) && !held.awaitEnd(Duration.ZERO)) {
          held.send(Signal.TERM);
          if (!held.awaitEnd(GRACE)) {
            held.send(Signal.KILL);
          }
        }
      } finally {
        watched.remove(pid);
      }
    } catch (IOException gone) {
      LOG.debug("launcher {} ended before it was looked at", pid, gone);
    }
  }

  /** The launcher's only child; nothing when it ended without one, or the kernel does not tell. */
  private Optional<PidFd> command(long pid, PidFd launcher) throws IOException {
    Path children = Path.of("/proc/%d/task/%d/children".formatted(pid, pid));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    do {
      Optional<String> first = first(children);
      if (first.isEmpty()) {
        return Optional.empty();
      }
      if (!first.get().isEmpty()) {
        return hold(Long.parseLong(first.get()), () -> first(children).equals(first));
      }
    } while (!launcher.awaitEnd(BETWEEN_LOOKS) && System.nanoTime() < deadline);
    return Optional.empty();
  }

  /** What must still be so after taking hold: a PID may have been given away in between. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException;
  }

  private Optional<PidFd> hold(long pid, Condition condition) throws IOException {
    PidFd held = PidFd.open(kernel, pid);
    if (condition.holds()) {
      return Optional.of(held);
    }
    held.close();
    return Optional.empty();
  }

  /** The first of the children, "" while there is none; nothing when there is no such file. */
  private static Optional<String> first(Path children) throws IOException {
    try {
      return Optional.of(Files.readString(children).strip().split(" ", 2)[0]);
    } catch (NoSuchFileException endedOrNeverThere) {
      return Optional.empty();
    }
  }

  /** Stops watching; what is watched already stays so. */
  @Override
  public void close() throws IOException {
    try {
      new DescriptorOutputStream(kernel, pipe)
          .write((END + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalStateException closed) {
      LOG.debug("the pipe of commands is closed already", closed);
    }
  }
}
