package dev.warren.bench;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes and ends labs of hosts on one bridge, as often as it is told: for each number on a line of
 * the standard input, a lab of so many hosts, and a line with the microseconds until all were up,
 * the CPU time of that, the microseconds until all were gone and the CPU time of that.
 */
public final class HostsBench {
  private HostsBench() {}

  /**
   * Runs it.
   *
   * @param arguments a folder for the labs; how many labs of 100 hosts to make first, unmeasured
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    LabSettings settings = LabSettings.in(folder);
    LabDescription hundred = lab(100);
    for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
      Lab.start(hundred, settings).close();
    }
    System.out.println("ready");
    try (BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        measure(lab(Integer.parseInt(order)), settings);
      }
    }
  }

  private static void measure(LabDescription lab, LabSettings settings) throws IOException {
    CpuTime cpu = CpuTime.ofThisProcess();
    long begin = System.nanoTime();
    long beginCpu = cpu.micros();
    Lab running = Lab.start(lab, settings);
    long up = System.nanoTime();
    long upCpu = cpu.micros();
    running.close();
    long down = System.nanoTime();
    System.out.printf(
        "%d %d %d %d%n",
        (up - begin) / 1000, upCpu - beginCpu, (down - up) / 1000, cpu.micros() - upCpu);
  }

  private static LabDescription lab(int hosts) {
    LabBuilder lab = LabDescription.builder("bench").network("lan", "10.8.0.0/16");
    for (int number = 0; number < hosts; number++) {
      lab.host(HostDescription.named("h" + number).on("lan"));
    }
    return lab.build();
  }
}
