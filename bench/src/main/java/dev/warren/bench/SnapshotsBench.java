package dev.warren.bench;

import dev.warren.lab.software.Software;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.run.LabOpener;
import dev.warren.selftest.run.LabOptions;
import dev.warren.selftest.run.TestenvSession;
import dev.warren.selftest.snapshot.SnapshotPolicy;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A testenv set up cold and started from its snapshot, in turn. */
public final class SnapshotsBench {
  private static final double MOST_OF_COLD = 0.40;
  private static final double MOST_BEYOND_SERVICES = 1.0;

  private SnapshotsBench() {}

  /**
   * How long one start took, in seconds.
   *
   * @param ready from nothing until it is ready, with the lab that it is in
   * @param services of that, from the start of the first service until the last is ready
   */
  private record Start(double ready, double services) {}

  /**
   * Runs it.
   *
   * @param arguments the catalogue's folder, the testenv, how many rounds, a folder to work in
   */
  public static void main(String[] arguments) throws Exception {
    Catalogue catalogue = CatalogueReader.read(Path.of(arguments[0]));
    TestenvChoice testenv = TestenvChoice.parse(arguments[1]).orElseThrow();
    int rounds = Integer.parseInt(arguments[2]);
    Path work = Path.of(arguments[3]);
    SnapshotPolicy on = SnapshotPolicy.fresh(SnapshotPolicy.DEFAULT_LIMIT);
    // The first makes the snapshot, and both are warm then.
    Start first = start(catalogue, testenv, work, on);
    Start _ = start(catalogue, testenv, work, on);
    System.out.printf("set up and saved for the first time: %.2f s%n%n", first.ready);
    System.out.printf(
        "%-6s %10s %10s %14s %10s%n", "round", "cold", "services", "from snapshot", "services");
    List<Start> cold = new ArrayList<>();
    List<Start> saved = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      cold.add(start(catalogue, testenv, work, SnapshotPolicy.OFF));
      saved.add(start(catalogue, testenv, work, on));
      row(String.valueOf(round), cold.getLast(), saved.getLast());
    }
    Start coldMedian = median(cold);
    Start savedMedian = median(saved);
    row("median", coldMedian, savedMedian);
    double ratio = savedMedian.ready / coldMedian.ready;
    double beyond = Median.of(saved.stream().map(one -> one.ready - one.services).toList());
    System.out.printf(
        "%nfrom snapshot / cold: %.2f, limit %.2f%n"
            + "from snapshot beyond its services: %.2f s, limit %.2f s%n",
        ratio, MOST_OF_COLD, beyond, MOST_BEYOND_SERVICES);
    if (ratio > MOST_OF_COLD || beyond > MOST_BEYOND_SERVICES) {
      System.exit(1);
    }
  }

  private static Start median(List<Start> all) {
    return new Start(
        Median.of(all.stream().map(Start::ready).toList()),
        Median.of(all.stream().map(Start::services).toList()));
  }

  private static void row(String round, Start cold, Start saved) {
    System.out.printf(
        "%-6s %8.2f s %8.2f s %12.2f s %8.2f s%n",
        round, cold.ready, cold.services, saved.ready, saved.services);
  }

  private static Start start(
      Catalogue catalogue, TestenvChoice testenv, Path work, SnapshotPolicy policy)
      throws Exception {
    Path folder = Files.createTempDirectory(work, "lab");
    List<RunEvent> events = new ArrayList<>();
    LabOptions options =
        LabOptions.of(
                catalogue,
                folder.resolve("st"),
                Software.defaultCache(System.getenv()),
                LabOpener.below(folder.resolve("labs")))
            .withSnapshots(policy);
    long begin = System.nanoTime();
    try (TestenvSession _ = TestenvSession.open(options, testenv, events::add)) {
      return new Start((System.nanoTime() - begin) / 1e9, services(events));
    }
  }

  /** Of each testenv, from its first service's start until its services and last steps are done. */
  private static double services(List<RunEvent> events) {
    Duration all = Duration.ZERO;
    Optional<Instant> start = Optional.empty();
    for (RunEvent event : events) {
      if (event instanceof RunEvent.TestenvStep step) {
        if (step.step().startsWith("start ") && start.isEmpty()) {
          start = Optional.of(step.at());
        } else if (step.step().equals("export variables") && start.isPresent()) {
          all = all.plus(Duration.between(start.get(), step.at()));
          start = Optional.empty();
        }
      }
    }
    return all.toMillis() / 1000.0;
  }
}
