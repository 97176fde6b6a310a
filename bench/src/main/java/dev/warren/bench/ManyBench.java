package dev.warren.bench;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.process.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One lab of very many hosts: how long it takes, what memory it needs, whether they can talk. */
public final class ManyBench {
  /** A bridge has 1023 ports (BR_MAX_PORTS of net/bridge/br_private.h). */
  private static final int ON_A_NETWORK = 1000;

  private ManyBench() {}

  /**
   * Prints a line for each number of hosts.
   *
   * @param arguments a folder for the labs; how many hosts, any number of times
   */
  public static void main(String[] arguments) throws Exception {
    LabSettings settings = LabSettings.in(Files.createDirectories(Path.of(arguments[0])));
    System.out.printf(
        "%7s %9s %9s %9s %11s %11s %8s %8s%n",
        "hosts", "up s", "ms/host", "down s", "MB/host", "JVM MB", "fds", "threads");
    for (int i = 1; i < arguments.length; i++) {
      measure(Integer.parseInt(arguments[i]), settings);
    }
  }

  private static void measure(int hosts, LabSettings settings) throws Exception {
    LabDescription lab = lab(hosts);
    long before = available();
    long begin = System.nanoTime();
    double up;
    long taken;
    long descriptors;
    long threads;
    long end;
    try (Lab running = Lab.start(lab, settings)) {
      up = seconds(begin);
      taken = before - available();
      ping(running, 0, Math.min(hosts, ON_A_NETWORK) - 1);
      descriptors = count("/proc/self/fd");
      threads = count("/proc/self/task");
      end = System.nanoTime();
    }
    System.out.printf(
        "%7d %9.2f %9.2f %9.2f %11.2f %11.0f %8d %8d%n",
        hosts,
        up,
        1000 * up / hosts,
        seconds(end),
        taken / 1024.0 / hosts,
        resident() / 1024.0,
        descriptors,
        threads);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** The first and the last host of a network hear each other. */
  private static void ping(Lab lab, int from, int to) throws Exception {
    Process ping =
        lab.host("h" + from).start(HostCommand.of("ping", "-c", "1", "-W", "5", "h" + to));
    if (ping.waitFor() != 0) {
      throw new IOException("h" + from + " does not reach h" + to);
    }
  }

  private static LabDescription lab(int hosts) {
    LabBuilder lab = LabDescription.builder("bench");
    for (int network = 0; network * ON_A_NETWORK < hosts; network++) {
      lab.network("lan" + network, "10." + network + ".0.0/16");
    }
    for (int host = 0; host < hosts; host++) {
      lab.host(HostDescription.named("h" + host).on("lan" + host / ON_A_NETWORK));
    }
    return lab.build();
  }

  /** What the machine could still give, in KiB. */
  private static long available() throws IOException {
    return number("/proc/meminfo", "MemAvailable:");
  }

  private static long resident() throws IOException {
    return number("/proc/self/status", "VmRSS:");
  }

  private static long number(String file, String field) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(field))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElseThrow(() -> new IOException(file + " has no " + field));
    }
  }

  private static long count(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.count();
    }
  }
}
