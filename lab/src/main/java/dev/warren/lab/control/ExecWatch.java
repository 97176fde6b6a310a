package dev.warren.lab.control;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.DescriptorInputStream;
import dev.warren.linux.kernel.DescriptorOutputStream;
import dev.warren.linux.kernel.Fifo;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.process.PidFd;
import dev.warren.linux.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
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
 * <p>Any process of the user may write to the pipe, and anything. What is no PID is left out, of
 * what is one only a command in a host is ended, and threads are bounded.
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

  /** As much as a pipe holds. */
  static final int READ = 65536;

  /** Of PIDs: 2^22 is the most that Linux gives (PID_MAX_LIMIT, linux/threads.h). */
  private static final int LONGEST_LINE = 10;

  /** More commands than anybody has at once; a thread each looks after them. */
  private static final int MOST_WATCHED = 2048;

  private static final int STACK = 128 * 1024;

  /** How long nsenter may take to fork, on a machine that is very busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** At first; each time twice as long. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

  private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofMillis(128);

  /** How long a command may take to end by itself. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration FOR_EVER = Duration.ofDays(10_000);

  private final Kernel kernel;
  private final Descriptor pipe;
  private final Set<Long> lookedAt = ConcurrentHashMap.newKeySet();
  private final Set<Long> watched = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;
  private boolean wasFull; // of the listening thread

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
    PidLines lines = new PidLines();
    try (DescriptorInputStream in = new DescriptorInputStream(kernel, pipe)) {
      while (true) {
        int count = in.read(bytes);
        if (closing) {
          return;
        }
        Thread.sleep(UNTIL_LOOKED_AT);
        lines.take(bytes, count).forEach(this::look);
      }
    } catch (IOException failure) {
      LOG.warn("commands of `warren exec` are not looked after any more", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** PIDs out of what anybody may have written: what is none is left out, however long it is. */
  static final class PidLines {
    private final StringBuilder line = new StringBuilder();

    /** Those of the lines that end here, each once. */
    Set<Long> take(byte[] bytes, int count) {
      Set<Long> pids = new LinkedHashSet<>();
      for (int i = 0; i < count; i++) {
        char next = (char) (bytes[i] & 0xff);
        if (next == '\n') {
          pid(line.toString()).ifPresent(pids::add);
          line.setLength(0);
        } else if (line.length() <= LONGEST_LINE) {
          // One letter too many is kept, so that the line is none.
          line.append(next);
        }
      }
      return pids;
    }

    /** How much of a line without an end is kept, in letters. */
    int held() {
      return line.length();
    }

    private static Optional<Long> pid(String line) {
      return line.matches("[1-9][0-9]{0,9}")
          ? Optional.of(Long.parseLong(line)).filter(pid -> pid <= Integer.MAX_VALUE)
          : Optional.empty();
    }
  }

  private void look(long pid) {
    if (!Files.exists(Path.of("/proc", Long.toString(pid))) || lookedAt.contains(pid)) {
      return;
    }
    boolean full = lookedAt.size() >= MOST_WATCHED;
    if (full && !wasFull) {
      LOG.warn("over {} `warren exec` run: what more run do not end their commands", MOST_WATCHED);
    }
    wasFull = full;
    if (!full) {
      watchInBackground(pid);
    }
  }

  private void watchInBackground(long pid) {
    lookedAt.add(pid);
    try {
      Thread.ofPlatform()
          .daemon()
          .name("warren-exec-" + pid)
          .stackSize(STACK)
          .start(() -> watch(pid));
    } catch (OutOfMemoryError noThread) { // the machine has no more processes, or memory for one
      LOG.warn("`warren exec`, PID {}, does not end its command", pid, noThread);
      lookedAt.remove(pid);
    }
  }

  private void watch(long pid) {
    try (PidFd launcher = PidFd.open(kernel, pid)) {
      Optional<Command> command = command(pid, launcher);
      if (command.isEmpty()) {
        return;
      }
      watched.add(pid);
      try (PidFd held = command.get().process()) {
        if (launcher.awaitEnd(FOR_EVER)
            && command.get().isInHost()
            && !held.awaitEnd(Duration.ZERO)) {
          held.send(Signal.TERM);
          if (!held.awaitEnd(GRACE)) {
            held.send(Signal.KILL);
          }
        }
      }
    } catch (IOException gone) {
      LOG.debug("launcher {} ended before it was looked at", pid, gone);
    } finally {
      watched.remove(pid);
      lookedAt.remove(pid);
    }
  }

  /** What a launcher has started. */
  private record Command(long pid, PidFd process) {
    /**
     * Whether it is in a PID namespace below ours. A pipe takes any PID: this one may be of a
     * process of the machine, which has no end here.
     */
    boolean isInHost() throws IOException {
      return depth(Long.toString(pid)) > depth("self");
    }

    /** How many PID namespaces know the process, from that of /proc on inwards; 0 for none. */
    private static long depth(String process) throws IOException {
      try (Stream<String> lines = Files.lines(Path.of("/proc", process, "status"))) {
        return lines
            .filter(line -> line.startsWith("NSpid:"))
            .mapToLong(line -> line.split("\\s+", -1).length)
            .findFirst()
            .orElse(0);
      } catch (NoSuchFileException | UncheckedIOException gone) {
        return 0;
      }
    }
  }

  /** The launcher's only child; nothing when it ended without one, or the kernel does not tell. */
  private Optional<Command> command(long pid, PidFd launcher) throws IOException {
    Path children = Path.of("/proc/%d/task/%d/children".formatted(pid, pid));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Duration pause = BETWEEN_LOOKS;
    do {
      Optional<String> first = first(children);
      if (first.isEmpty()) {
        return Optional.empty();
      }
      if (!first.get().isEmpty()) {
        return hold(Long.parseLong(first.get()), () -> first(children).equals(first));
      }
      pause = pause.compareTo(LONGEST_BETWEEN_LOOKS) < 0 ? pause.multipliedBy(2) : pause;
    } while (!launcher.awaitEnd(pause) && System.nanoTime() < deadline);
    return Optional.empty();
  }

  /** What must still be so after taking hold: a PID may have been given away in between. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException;
  }

  private Optional<Command> hold(long pid, Condition condition) throws IOException {
    PidFd held = PidFd.open(kernel, pid);
    if (condition.holds()) {
      return Optional.of(new Command(pid, held));
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
    closing = true;
    try {
      new DescriptorOutputStream(kernel, pipe).write('\n'); // wakes the listening thread
    } catch (IllegalStateException closed) {
      LOG.debug("the pipe of commands is closed already", closed);
    }
  }
}
