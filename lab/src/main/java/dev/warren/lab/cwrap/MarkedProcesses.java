package dev.warren.lab.cwrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds processes by a variable that they inherited: who left its parents is found by nothing else.
 */
final class MarkedProcesses {
  /** The variable. */
  static final String VARIABLE = "WARREN_CWRAP_PROCESS";

  private static final Path PROC = Path.of("/proc");

  private MarkedProcesses() {}

  /**
   * Those of this user whose variable begins so.
   *
   * @param mark without blanks
   */
  static Set<ProcessHandle> find(String mark) {
    String wanted = VARIABLE + "=" + mark;
    return Files.exists(PROC.resolve("self/environ")) ? inProc(wanted) : byPs(wanted);
  }

  private static Set<ProcessHandle> inProc(String wanted) {
    Set<ProcessHandle> found = new HashSet<>();
    ProcessHandle.allProcesses()
        .filter(process -> environment(process).contains(wanted))
        .forEach(found::add);
    return found;
  }

  private static String environment(ProcessHandle process) {
    try {
      Path file = PROC.resolve(Long.toString(process.pid())).resolve("environ");
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException endedOrSomebodyElses) {
      return "";
    }
  }

  /** With the environment behind the command, ps(1) of the BSDs and of procps alike. */
  private static Set<ProcessHandle> byPs(String wanted) {
    Set<ProcessHandle> found = new HashSet<>();
    try {
      Process ps = new ProcessBuilder("ps", "axeww", "-o", "pid=", "-o", "command=").start();
      ps.inputReader(StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> line.contains(wanted))
          .map(line -> line.strip().split("\\s+", 2)[0])
          .map(pid -> ProcessHandle.of(Long.parseLong(pid)))
          .flatMap(Optional::stream)
          .forEach(found::add);
    } catch (IOException noPs) {
      // Then only the descendants of those that are known are found.
    } catch (UncheckedIOException brokenPipe) {
      return found;
    }
    return found;
  }
}
