package dev.warren.lab.control;

import dev.warren.lab.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What runs in a host that cwrap pretends, as Java and ps(1) tell it on every system. */
final class WrappedProcesses {
  private static final int KIB = 1024;

  private WrappedProcesses() {}

  static List<LabAnswer.ProcessState> of(Host host) {
    List<LabAnswer.ProcessState> all = new ArrayList<>();
    host.handles().stream()
        .sorted(Comparator.comparingLong(ProcessHandle::pid))
        .forEach(process -> all.add(state(host.name(), process)));
    return all;
  }

  private static LabAnswer.ProcessState state(String host, ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    List<String> command = new ArrayList<>();
    info.command().ifPresent(command::add);
    command.addAll(List.of(info.arguments().orElseGet(() -> new String[0])));
    String[] asked = ps(process.pid());
    return new LabAnswer.ProcessState(
        host,
        process.pid(),
        process.pid(),
        info.user().orElse("?"),
        asked.length == 2 ? asked[0].substring(0, 1) : "?",
        info.totalCpuDuration().orElse(Duration.ZERO).toMillis(),
        asked.length == 2 ? Long.parseLong(asked[1]) * KIB : 0,
        command.isEmpty() ? List.of("[" + process.pid() + "]") : command);
  }

  /** Its state and its memory in KiB; nothing without a ps, or when it has ended. */
  private static String[] ps(long pid) {
    try {
      Process ps =
          new ProcessBuilder("ps", "-o", "stat=", "-o", "rss=", "-p", Long.toString(pid)).start();
      String said = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return said.strip().split("\\s+", -1);
    } catch (IOException noPs) {
      return new String[0];
    }
  }
}
