package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.process.HostProcessInfo;
import dev.warren.selftest.verdict.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Shows what processes are doing that do not end: all with their command lines, and the stacks of
 * all their threads where their host has gdb. Bounded in time, however many they are.
 */
final class StackTraces {
  /** For one process; reading the symbols of a large program takes seconds. */
  private static final Duration EACH = Duration.ofSeconds(15);

  private static final Duration ALL = Duration.ofSeconds(60);

  private static final Duration QUESTION = Duration.ofSeconds(5);

  private final Map<Long, HostProcessInfo> told = new LinkedHashMap<>();
  private final Map<String, Boolean> gdb = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();
  private long end;

  /**
   * The processes of a host that belong to a process: its session, and whoever descends from it.
   */
  StackTraces tree(String title, Host host, Process process)
      throws IOException, InterruptedException {
    List<HostProcessInfo> all = host.processes();
    Set<Long> members = new HashSet<>(Set.of(process.pid()));
    boolean growing = true;
    while (growing) {
      growing = false;
      for (HostProcessInfo info : all) {
        if (info.stat().session() == process.pid() || members.contains(info.stat().parent())) {
          growing |= members.add(info.pid());
        }
      }
    }
    return add(title, host, all.stream().filter(info -> members.contains(info.pid())).toList());
  }

  /** All processes of a host. */
  StackTraces host(String title, Host host) throws IOException, InterruptedException {
    return add(title, host, host.processes().stream().filter(info -> !info.isInit()).toList());
  }

  private StackTraces add(String title, Host host, List<HostProcessInfo> processes)
      throws IOException, InterruptedException {
    if (told.isEmpty()) {
      end = System.nanoTime() + ALL.toNanos();
    }
    List<HostProcessInfo> news = new ArrayList<>();
    for (HostProcessInfo process : processes) {
      if (told.putIfAbsent(process.pid(), process) == null) {
        news.add(process);
      }
    }
    if (news.isEmpty()) {
      return this;
    }
    text.append("== %s, in host %s ==\n".formatted(title, host.name()));
    for (HostProcessInfo process : news) {
      text.append(
          "%7d %c %s\n".formatted(process.hostPid(), process.stat().state(), commandLine(process)));
    }
    if (!hasGdb(host)) {
      text.append("No stacks: there is no gdb in host %s.\n\n".formatted(host.name()));
      return this;
    }
    for (HostProcessInfo process : news) {
      text.append("\n-- %d: %s --\n".formatted(process.hostPid(), commandLine(process)));
      text.append(stacks(host, process)).append('\n');
    }
    return this;
  }

  private boolean hasGdb(Host host) throws IOException, InterruptedException {
    Boolean known = gdb.get(host.name());
    if (known == null) {
      known = Scripts.run(host, "command -v gdb", Map.of(), Path.of("/"), QUESTION).isOk();
      gdb.put(host.name(), known);
    }
    return known;
  }

  private String stacks(Host host, HostProcessInfo process)
      throws IOException, InterruptedException {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    if (left.isNegative()) {
      return "left out: the others took too long\n";
    }
    Scripts.Outcome outcome =
        Scripts.run(
            host,
            "exec gdb -nx -batch -ex 'set pagination off' -ex \"attach $PROCESS\""
                + " -ex 'thread apply all bt' -ex detach",
            Map.of("PROCESS", String.valueOf(process.hostPid())),
            Path.of("/"),
            left.compareTo(EACH) < 0 ? left : EACH);
    return outcome.exit() instanceof Exit.TimeLimit
        ? outcome.output() + "gdb " + Exits.words(outcome.exit()) + "\n"
        : outcome.output();
  }

  private static String commandLine(HostProcessInfo process) {
    return process.command().isEmpty()
        ? "[" + process.stat().name() + "]"
        : String.join(" ", process.command()).replaceAll("\\s+", " ");
  }

  /** What was found; empty when there was no process. */
  @Override
  public String toString() {
    return text.toString();
  }
}
