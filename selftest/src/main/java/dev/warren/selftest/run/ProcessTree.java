package dev.warren.selftest.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private ProcessTree() {}

  /** A process as /proc/PID/stat has it; see proc(5), or proc_pid_stat(5). */
  private record Entry(long pid, long parent, long session) {}

  /** Asks all to end, waits a little, and kills the rest. An interrupt only shortens the wait. */
  static void end(Process process) {
    Set<Long> members = new HashSet<>(Set.of(process.pid()));
    grow(members, process.pid());
    handles(members).forEach(ProcessHandle::destroy);
    boolean interrupted = !await(process);
    for (int look = 0; look < LOOKS && (grow(members, process.pid()) || look == 0); look++) {
      handles(members).forEach(ProcessHandle::destroyForcibly);
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

  private static List<ProcessHandle> handles(Set<Long> pids) {
    return pids.stream().map(ProcessHandle::of).flatMap(Optional::stream).toList();
  }

  /** Adds who belongs to the members; false when nobody new was found. */
  private static boolean grow(Set<Long> members, long session) {
    List<Entry> entries = entries();
    int before = members.size();
    boolean growing = true;
    while (growing) {
      growing = false;
      for (Entry entry : entries) {
        if (entry.session == session || members.contains(entry.parent)) {
          growing |= members.add(entry.pid);
        }
      }
    }
    return members.size() > before;
  }

  private static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      processes.forEach(process -> entry(process).ifPresent(entries::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private static Optional<Entry> entry(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      // The name in brackets may hold anything; behind it: state, parent, group, session.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
      return Optional.of(
          new Entry(
              Long.parseLong(process.getFileName().toString()),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[3])));
    } catch (IOException e) {
      // It has ended meanwhile.
      return Optional.empty();
    }
  }
}
