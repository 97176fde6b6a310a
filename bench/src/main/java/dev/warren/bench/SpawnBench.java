package dev.warren.bench;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.process.HostCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What starting a process in a host costs, until it has ended: Warren's way beside Java's outside,
 * Java's with nsenter, and a C program's outside; all in turn, the median of each.
 */
public final class SpawnBench {
  private static final String PROGRAM = "/bin/true";
  private static final String OUTSIDE = "ProcessBuilder, outside";

  /** So many of one kind before it is the next one's turn. */
  private static final int TURN = 10;

  private static final int WARMING = 3;

  private SpawnBench() {}

  /** Starts one process after the other, and says how long each took in nanoseconds. */
  private interface Way {
    List<Double> times(int number) throws Exception;
  }

  /** What is done once. */
  private interface Run {
    int run() throws Exception;
  }

  /**
   * Prints the table.
   *
   * @param arguments how many turns of ten, the C program, and the folder that the lab may use
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    Path folder = Files.createDirectories(Path.of(arguments[2]));
    LabDescription lab =
        LabDescription.builder("bench-spawn").host(HostDescription.named("a")).build();
    try (Lab running = Lab.start(lab, LabSettings.in(folder))) {
      Host host = running.host("a");
      Map<String, Way> ways = new LinkedHashMap<>();
      ways.put("C posix_spawn, outside", number -> inC(arguments[1], number));
      ways.put("Warren, inside", in(() -> wait(host.start(HostCommand.of(PROGRAM)))));
      ways.put(OUTSIDE, in(() -> wait(new ProcessBuilder(PROGRAM).start())));
      ways.put("ProcessBuilder of nsenter", in(() -> wait(nsenter(host).start())));
      print(measure(ways, rounds), rounds * TURN);
    }
  }

  private static Way in(Run run) {
    return number -> {
      List<Double> times = new ArrayList<>();
      for (int one = 0; one < number; one++) {
        long begin = System.nanoTime();
        if (run.run() != 0) {
          throw new IOException(PROGRAM + " failed");
        }
        times.add((double) (System.nanoTime() - begin));
      }
      return times;
    };
  }

  /** All ways read what the process says: a caller does. */
  private static int wait(Process process) throws Exception {
    process.getOutputStream().close();
    process.getInputStream().readAllBytes();
    process.getErrorStream().readAllBytes();
    return process.waitFor();
  }

  private static ProcessBuilder nsenter(Host host) {
    String pid = Long.toString(host.pid());
    return new ProcessBuilder(
        "nsenter", "--target", pid, "--mount", "--uts", "--ipc", "--net", "--pid", "--", PROGRAM);
  }

  private static List<Double> inC(String spawn, int number) throws Exception {
    Process process = new ProcessBuilder(spawn, Integer.toString(number), PROGRAM).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(spawn + " failed");
    }
    return said.lines().map(Double::valueOf).toList();
  }

  private static Map<String, List<Double>> measure(Map<String, Way> ways, int rounds)
      throws Exception {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 0; round < WARMING + rounds; round++) {
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        List<Double> turn = way.getValue().times(TURN);
        if (round >= WARMING) {
          times.computeIfAbsent(way.getKey(), _ -> new ArrayList<>()).addAll(turn);
        }
      }
    }
    return times;
  }

  private static void print(Map<String, List<Double>> times, int number) {
    double outside = Median.of(Objects.requireNonNull(times.get(OUTSIDE)));
    System.out.printf("%-26s %8s %8s%n", "median of " + number, "ms", "ratio");
    times.forEach(
        (name, all) ->
            System.out.printf(
                "%-26s %8.2f %8.2f%n", name, Median.of(all) / 1e6, Median.of(all) / outside));
  }
}
