package dev.warren.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.process.HostCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What link conditions cost: TCP throughput and the round trip of one byte between two hosts, for
 * each kind of link, all in turn, the median of each.
 */
public final class WireBench {
  private static final Duration BURST = Duration.ofMillis(500);
  private static final Duration TALK = Duration.ofMillis(300);
  private static final String PLAIN = "plain cable";

  private WireBench() {}

  /** A kind of link: what is asked of it, each way. */
  private static Map<String, Conditions> links() {
    Map<String, Conditions> links = new LinkedHashMap<>();
    links.put(PLAIN, Conditions.NONE);
    links.put("wire, no delay", Conditions.NONE.withDelay(Duration.ofNanos(1)));
    links.put("wire, cut packets", Conditions.NONE.withLoss(1e-9));
    links.put("wire, 1 ms", Conditions.NONE.withDelay(Duration.ofMillis(1)));
    links.put("wire, 10 ms", Conditions.NONE.withDelay(Duration.ofMillis(10)));
    links.put("rate, 1 Gbit/s", Conditions.NONE.withRate(1_000_000_000));
    return links;
  }

  /** What was measured of a kind of link. */
  private record Results(
      Conditions conditions, String means, Pair pair, List<Double> rates, List<Double> trips) {}

  /**
   * Prints the table.
   *
   * @param arguments how many rounds, and the folder that the lab may use
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    Map<String, Conditions> links = links();
    LabBuilder lab = LabDescription.builder("bench-wire").network("lan", "10.1.0.0/16");
    int number = 1;
    for (Conditions conditions : links.values()) {
      lab.host(
          HostDescription.named("a" + number)
              .on(
                  new InterfaceDescription("lan", number)
                      .withConditions(LinkConditions.both(conditions))));
      lab.host(HostDescription.named("b" + number).on("lan", 100 + number));
      number++;
    }
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    try (Lab running = Lab.start(lab.build(), LabSettings.in(folder))) {
      System.out.println("TCP with " + useLossBased(running));
      measure(running, links, rounds);
    }
  }

  /** Others than these, as bbr, take a cable without a delay for a slow one. */
  private static String useLossBased(Lab lab) throws Exception {
    String file = "/proc/sys/net/ipv4/tcp_congestion_control";
    String used = "";
    for (Host host : lab.hosts()) {
      Process process =
          host.start(
              HostCommand.shell(
                  "{ echo cubic >%1$s || echo reno >%1$s || true; } 2>/dev/null; cat %1$s"
                      .formatted(file)));
      used = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    }
    return used;
  }

  private static void measure(Lab lab, Map<String, Conditions> links, int rounds) throws Exception {
    Map<String, Results> results = new LinkedHashMap<>();
    int number = 1;
    for (Map.Entry<String, Conditions> link : links.entrySet()) {
      Pair pair =
          new Pair(lab.host("a" + number), lab.host("b" + number), "10.1.0." + (100 + number));
      String means = lab.conditions("a" + number, number).means().text();
      results.put(
          link.getKey(),
          new Results(link.getValue(), means, pair, new ArrayList<>(), new ArrayList<>()));
      number++;
    }
    // The first round is for the JVM's compiler, and for TCP's windows.
    for (int round = 0; round <= rounds; round++) {
      for (Results one : results.values()) {
        double rate = one.pair().bitsPerSecond(BURST.toNanos());
        double trip = roundTrip(one.pair());
        if (round > 0) {
          one.rates().add(rate);
          one.trips().add(trip);
        }
      }
    }
    print(results, rounds);
    for (Results one : results.values()) {
      one.pair().close();
    }
  }

  private static double roundTrip(Pair pair) throws Exception {
    List<Double> trips = new ArrayList<>();
    long end = System.nanoTime() + TALK.toNanos();
    while (System.nanoTime() < end) {
      trips.add((double) pair.roundTrip());
    }
    return Median.of(trips);
  }

  private static void print(Map<String, Results> results, int rounds) {
    System.out.printf(
        "%-18s %-6s %8s %6s %12s %12s%n",
        "median of " + rounds, "by", "Gbit/s", "ratio", "round trip", "over plain");
    Results plain = Objects.requireNonNull(results.get(PLAIN));
    double plainRate = Median.of(plain.rates());
    double plainTrip = Median.of(plain.trips());
    results.forEach(
        (name, one) -> {
          double rate = Median.of(one.rates());
          double trip = Median.of(one.trips());
          double asked = 2.0 * one.conditions().delay().toNanos();
          System.out.printf(
              "%-18s %-6s %8.2f %6.2f %9.0f µs %9.0f µs%n",
              name,
              one.means(),
              rate / 1e9,
              rate / plainRate,
              trip / 1e3,
              (trip - asked - plainTrip) / 1e3);
        });
    System.out.println("over plain: less the delay that was asked for, both ways");
  }
}
