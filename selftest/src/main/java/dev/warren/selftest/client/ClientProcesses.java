package dev.warren.selftest.client;

import dev.warren.lab.Host;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.process.ProcessStat;
import dev.warren.linux.process.Signal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The processes of the client that nobody waits for any more: children of its init, and what
 * descends from them. Who was started from outside and still runs, a shell that somebody has open,
 * is none of them.
 */
final class ClientProcesses {
  private static final int LOOKS = 400;
  private static final long LOOK_AGAIN_MILLIS = 5;

  private final Host client;
  private final List<ProcessStat> kept;

  /** The PIDs that its own /proc shows when all is as it should be. */
  private final Set<String> usual;

  private ClientProcesses(Host client, List<ProcessStat> kept, Set<String> usual) {
    this.client = client;
    this.kept = kept;
    this.usual = usual;
  }

  /** Those that run now are to be kept. */
  static ClientProcesses now(Host client) throws IOException, InterruptedException {
    return new ClientProcesses(
        client, orphans(client), HostTasks.call(client, ClientProcesses::pids));
  }

  /**
   * Whether nothing can have come since. Asked on a thread in the client, where /proc is short; who
   * has to look at the machine's own takes some milliseconds.
   */
  boolean areUsual() throws IOException {
    return pids().equals(usual);
  }

  /**
   * Kills those that have come since.
   *
   * @throws IOException when some do not end
   */
  void killOthers() throws IOException, InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      List<ProcessStat> others = new ArrayList<>(orphans(client));
      others.removeIf(one -> kept.stream().anyMatch(one::isSame));
      if (others.isEmpty()) {
        return;
      }
      others.forEach(ClientProcesses::kill);
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    throw new IOException("processes that a suite left behind in the client do not end");
  }

  private static void kill(ProcessStat process) {
    try {
      process.send(Kernel.real(), Signal.KILL);
    } catch (KernelException gone) {
      // Its PID is somebody else's by now.
    }
  }

  /** On a thread in the client. */
  private static Set<String> pids() throws IOException {
    Set<String> pids = new HashSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      entries.forEach(entry -> pids.add(entry.getFileName().toString()));
    }
    return pids;
  }

  private static List<ProcessStat> orphans(Host client) {
    Map<Long, List<ProcessStat>> children = new HashMap<>();
    for (ProcessStat process : ProcessStat.all()) {
      children.computeIfAbsent(process.parent(), _ -> new ArrayList<>()).add(process);
    }
    List<ProcessStat> found = new ArrayList<>();
    List<Long> parents = new ArrayList<>(List.of(client.pid()));
    while (!parents.isEmpty()) {
      for (ProcessStat child : children.getOrDefault(parents.removeLast(), List.of())) {
        if (!child.hasEnded()) {
          found.add(child);
        }
        parents.add(child.pid());
      }
    }
    return found;
  }
}
