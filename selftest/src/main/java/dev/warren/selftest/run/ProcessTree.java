package dev.warren.selftest.run;

import dev.warren.lab.control.ProcessIdentity;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Ends a process with all that it started: its descendants, and who else is in its session, as a
 * script in a host is the leader of a session of its own.
 */
final class ProcessTree {
  private static final Path PROC = Path.of("/proc");

  /** How long processes have to end by themselves. */
  private static final long GRACE_MILLIS = 1000;

  /** A process may start another one while it is looked at; a second look finds that one. */
  private static final int LOOKS = 5;

  private final Process root;

  /** Who belongs to it, by PID: with the start time, as PIDs are given away again. */
  private final Map<Long, ProcessIdentity> members = new HashMap<>();

  private ProcessTree(Process root) {
    this.root = root;
  }

  /** A process as /proc/PID/stat has it; see proc(5), or proc_pid_stat(5). */
  private record Entry(ProcessIdentity process, long parent, long session) {
    /** Places of the fields after the name, counted from field 3, the state. */
    private static final int PARENT = 4 - 3;

    private static final int SESSION = 6 - 3;
    private static final int START = 22 - 3;

    static Entry parse(long pid, String stat) {
      // The name in brackets may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return new Entry(
          new ProcessIdentity(pid, Long.parseLong(fields[START])),
          Long.parseLong(fields[PARENT]),
          Long.parseLong(fields[SESSION]));
    }
  }

  /** Asks all to end, waits a little, and kills the rest. An interrupt only shortens the wait. */
  static void end(Process process) {
    ProcessTree tree = new ProcessTree(process);
    tree.grow();
    tree.send(Signal.TERM);
    boolean interrupted = !await(process);
    for (int look = 0; look < LOOKS && (tree.grow() || look == 0); look++) {
      tree.send(Signal.KILL);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean await(Process process) {
    try {
      process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void send(Signal signal) {
    for (ProcessIdentity member : members.values()) {
      try {
        member.send(signal);
      } catch (KernelException e) {
        // It is somebody else's by now; the others are not.
      }
    }
  }

  /** Forgets who has ended and adds who belongs to the rest; false when nobody new was found. */
  private boolean grow() {
    Map<Long, Entry> entries = entries();
    members.values().removeIf(member -> !isIn(entries, member));
    Optional<Entry> leader = Optional.ofNullable(entries.get(root.pid()));
    boolean found = false;
    if (leader.isPresent() && root.isAlive()) {
      // Alive after it was read, so its PID is still its own.
      found = members.put(root.pid(), leader.get().process) == null;
    }
    // While a session has members the kernel keeps its number; a new leader has a new session.
    boolean sessionIsOurs = leader.isEmpty() || members.containsKey(root.pid());
    boolean growing = true;
    while (growing) {
      growing = false;
      for (Entry entry : entries.values()) {
        if ((sessionIsOurs && entry.session == root.pid()) || members.containsKey(entry.parent)) {
          growing |= members.putIfAbsent(entry.process.pid(), entry.process) == null;
        }
      }
      found |= growing;
    }
    return found;
  }

  private static boolean isIn(Map<Long, Entry> entries, ProcessIdentity process) {
    Entry entry = entries.get(process.pid());
    return entry != null && entry.process.equals(process);
  }

  private static Map<Long, Entry> entries() {
    Map<Long, Entry> entries = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        entry(process).ifPresent(entry -> entries.put(entry.process.pid(), entry));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private static Optional<Entry> entry(Path process) {
    try {
      // A name may be no UTF-8.
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      return Optional.of(Entry.parse(Long.parseLong(process.getFileName().toString()), stat));
    } catch (IOException e) {
      // It has ended meanwhile.
      return Optional.empty();
    }
  }
}
