package dev.warren.bench;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.run.LabOpener;
import dev.warren.selftest.run.LabOptions;
import dev.warren.selftest.run.RunOptions;
import dev.warren.selftest.run.TestRun;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the runner of test suites adds to what the suites' commands take themselves: a plan of many
 * suites of {@code true}, and one of a single suite with many tests, beside the same commands
 * started in a host with nobody who reads what they say; in turn, the median.
 */
public final class RunnerBench {
  private static final String STREAM = "cat /run/warren/catalogue/stream";

  private static final int WARMING = 2;

  private final CpuTime clock = CpuTime.ofThisProcess();
  private final Path folder;
  private final Catalogue catalogue;
  private int runs;

  private RunnerBench(Path folder, Catalogue catalogue) {
    this.folder = folder;
    this.catalogue = catalogue;
  }

  /**
   * Prints the table; ends with code 1 above a limit.
   *
   * @param arguments how often, how many suites, how many tests, microseconds for a suite and for a
   *     test, and a folder
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    int suites = Integer.parseInt(arguments[1]);
    int tests = Integer.parseInt(arguments[2]);
    Path folder = Path.of(arguments[5]);
    Files.createDirectories(folder.resolve("catalogue/tree"));
    Files.writeString(
        folder.resolve("catalogue/catalogue.yaml"),
        """
        summary: Nothing but a client
        client: {name: client, interfaces: [11]}
        suite-folder: tree
        """);
    Files.writeString(folder.resolve("catalogue/tree/file"), "as Samba's suites want them\n");
    Files.writeString(folder.resolve("catalogue/stream"), stream(tests));
    RunnerBench bench = new RunnerBench(folder, CatalogueReader.read(folder.resolve("catalogue")));
    System.out.printf("%-50s %8s %8s %8s%n", "median of " + rounds, "bare", "run", "own");
    double suite =
        bench.compare("a suite of true, of " + suites, "ms", rounds, suites, "true", 1e6);
    double test =
        bench.compare("a test, of " + tests + " in a suite", "µs", rounds, 1, STREAM, 1e3 * tests);
    double suiteLimit = Double.parseDouble(arguments[3]);
    double testLimit = Double.parseDouble(arguments[4]);
    System.out.printf("limits: %.2f ms a suite, %.1f µs a test%n", suiteLimit / 1e3, testLimit);
    System.exit(suite > suiteLimit / 1e3 || test > testLimit ? 1 : 0);
  }

  private static String stream(int tests) {
    return IntStream.range(0, tests)
        .mapToObj(
            i ->
                "test: a.test.with.some.name.%d\nsuccess: a.test.with.some.name.%d\n"
                    .formatted(i, i))
        .collect(Collectors.joining());
  }

  /**
   * What something took.
   *
   * @param wall nanoseconds on the clock
   * @param cpu nanoseconds of processors, of this process and of all that it started
   */
  private record Cost(double wall, double cpu) {}

  /** Prints two lines; the result is the runner's own time, in units of so many nanoseconds. */
  private double compare(
      String name, String unit, int rounds, int suites, String command, double scale)
      throws Exception {
    List<Cost> bare = new ArrayList<>();
    List<Cost> run = new ArrayList<>();
    for (int round = -WARMING; round < rounds; round++) {
      Cost outside = bare(suites, command);
      Cost inside = run(suites, command);
      if (round >= 0) {
        bare.add(outside);
        run.add(inside);
      }
    }
    double units = scale * suites;
    print(name + ", " + unit + " of processor", bare, run, Cost::cpu, units);
    return print(name + ", " + unit, bare, run, Cost::wall, units);
  }

  private static double print(
      String name, List<Cost> bare, List<Cost> run, ToDoubleFunction<Cost> what, double units) {
    double outside = Median.of(bare.stream().mapToDouble(what).boxed().toList()) / units;
    double inside = Median.of(run.stream().mapToDouble(what).boxed().toList()) / units;
    System.out.printf("%-50s %8.2f %8.2f %8.2f%n", name, outside, inside, inside - outside);
    return inside - outside;
  }

  /** What a host takes for the commands, one after the other. */
  private Cost bare(int number, String command) throws Exception {
    LabDescription description =
        LabDescription.builder("bench-runner").host(HostDescription.named("a")).build();
    LabSettings settings =
        LabSettings.in(folder.resolve("bare"))
            .withReadOnlyBinds(Map.of(Path.of("/run/warren/catalogue"), catalogue.folder()));
    try (Lab lab = Lab.start(description, settings)) {
      Host host = lab.host("a");
      long cpu = clock.micros();
      long begin = System.nanoTime();
      for (int one = 0; one < number; one++) {
        Process process =
            host.start(
                HostCommand.of("bash", "-o", "pipefail", "-c", command)
                    .mergeErrors()
                    .stdin(Redirect.from(new File("/dev/null"))));
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
          throw new IOException(command + " failed");
        }
      }
      return new Cost(System.nanoTime() - begin, (clock.micros() - cpu) * 1e3);
    }
  }

  /** What it takes from the first suite's start to the last one's end. */
  private Cost run(int suites, String command) throws Exception {
    String text =
        IntStream.range(0, suites)
            .mapToObj(i -> "-- TEST --\nsuite %d\nnone\n%s\n".formatted(i, command))
            .collect(Collectors.joining());
    Plan plan = SambaPlanReader.parse("plan", text, PlanRules.strict(Set.of()));
    LabOptions labs =
        LabOptions.of(
                catalogue,
                folder.resolve("st" + runs++),
                folder.resolve("cache"),
                LabOpener.below(folder.resolve("labs")))
            .withSoftware(SoftwareChoice.INSTALLED);
    List<Cost> times = new ArrayList<>();
    Tally tally =
        TestRun.execute(
            RunOptions.of("bench", labs, plan),
            event -> {
              if (event instanceof RunEvent.SuiteStarted
                  || event instanceof RunEvent.SuiteFinished) {
                times.add(new Cost(System.nanoTime(), clock.micros() * 1e3));
              }
            });
    if (!tally.allOk()) {
      throw new IOException("the run failed: " + tally.lastLine());
    }
    Cost first = times.getFirst();
    return new Cost(times.getLast().wall() - first.wall(), times.getLast().cpu() - first.cpu());
  }
}
