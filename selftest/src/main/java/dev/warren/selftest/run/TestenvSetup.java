package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.process.ProcessTree;
import dev.warren.selftest.testenv.Export;
import dev.warren.selftest.testenv.FileTemplate;
import dev.warren.selftest.testenv.Scope;
import dev.warren.selftest.testenv.Service;
import dev.warren.selftest.testenv.Side;
import dev.warren.selftest.testenv.Step;
import dev.warren.selftest.testenv.TestenvDefinition;
import dev.warren.selftest.verdict.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sets one testenv up in its host: files, steps, services until they are ready, last steps. */
final class TestenvSetup {
  private static final int LOG_LINES = 30;
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);
  private static final String TRACES = "setup.traces";
  private static final Duration EXPORT_LIMIT = Duration.ofSeconds(60);

  private final TestenvDefinition testenv;
  private final Host host;
  private final Host client;
  private final Function<String, Host> hosts;
  private final Scope scope;
  private final SetupDeadline deadline;
  private final Path kept;
  private final StackTraces traces = new StackTraces();
  private final Runnable announceZones;
  private final Consumer<String> steps;
  private final LabFiles files;
  private final Path folder;
  private final LabPaths paths;
  private final Map<String, String> environment;
  private final List<RunningService> services = new ArrayList<>();

  /**
   * A set-up.
   *
   * @param hosts finds the host of a testenv among the needs
   * @param scope the testenv's variables
   * @param limit how long it may take in all
   * @param kept where its logs are afterwards, from the result folder on
   * @param announceZones called when the services start that serve the testenv's DNS zones
   * @param steps is told the name of each step
   * @param paths where things stand in the lab
   */
  TestenvSetup(
      TestenvDefinition testenv,
      Host host,
      Host client,
      Function<String, Host> hosts,
      Scope scope,
      Duration limit,
      Path kept,
      Runnable announceZones,
      Consumer<String> steps,
      LabPaths paths) {
    this.paths = paths;
    this.testenv = testenv;
    this.host = host;
    this.client = client;
    this.hosts = hosts;
    this.scope = scope;
    this.deadline = new SetupDeadline(limit);
    this.kept = kept;
    this.announceZones = announceZones;
    this.steps = steps;
    this.files = new LabFiles(host);
    this.folder = paths.envdir(testenv.name());
    this.environment = scope.environment();
  }

  /** Sets it up. A failure leaves its services running, to be looked at, until the lab ends. */
  RunningTestenv run() throws IOException, InterruptedException, TestenvFailedException {
    files.createFolders(paths.logs(testenv.name()));
    for (FileTemplate file : testenv.files()) {
      Path path = folder.resolve(scope.expand(file.path()));
      files.write(path, file.mode(), scope.expand(file.text()));
    }
    for (Step step : testenv.provision()) {
      step(step);
    }
    startServices(List.of());
    for (Step step : testenv.finish()) {
      step(step);
    }
    return running();
  }

  /**
   * Starts it where its files are as a set-up has left them: in a host that got its state from a
   * snapshot, or in which services were stopped.
   *
   * @param present the services that run already
   */
  RunningTestenv resume(List<RunningService> present)
      throws IOException, InterruptedException, TestenvFailedException {
    files.createFolders(paths.logs(testenv.name()));
    startServices(present);
    for (Step step : testenv.finish()) {
      if (step.always()) {
        step(step);
      }
    }
    return running();
  }

  private void startServices(List<RunningService> present)
      throws IOException, InterruptedException, TestenvFailedException {
    announceZones.run();
    for (Service service : testenv.services()) {
      Optional<RunningService> running =
          present.stream().filter(one -> one.name().equals(service.name())).findFirst();
      if (running.isPresent()) {
        services.add(running.get());
      } else if (service instanceof Service.Daemon daemon) {
        start(daemon);
      }
    }
  }

  private RunningTestenv running()
      throws IOException, InterruptedException, TestenvFailedException {
    return new RunningTestenv(testenv, host, exports(), List.copyOf(services));
  }

  private void step(Step step) throws IOException, InterruptedException, TestenvFailedException {
    steps.accept(step.name());
    Path log = paths.logs(testenv.name()).resolve("setup.log");
    Process process =
        Scripts.startLogged(
            where(step.side()), step.script(), step.name(), environment, folder, log);
    Duration limit = deadline.orLess(step.timeout());
    Exit exit = await(process, where(step.side()), limit);
    if (exit instanceof Exit.TimeLimit) {
      throw tookTooLong(
          "step \"%s\" %s".formatted(step.name(), Exits.words(exit)),
          limit.compareTo(step.timeout()) < 0,
          log);
    }
    if (!(exit instanceof Exit.Code(int code) && code == 0)) {
      throw failed("step \"%s\" %s".formatted(step.name(), Exits.words(exit)), log);
    }
    checkServices();
  }

  private Exit await(Process process, Host where, Duration limit)
      throws IOException, InterruptedException {
    boolean ended = false;
    try {
      ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (!ended) {
        traces.tree("the step", where, process);
      }
      return ended ? Exit.ofCode(process.exitValue()) : new Exit.TimeLimit(limit);
    } finally {
      if (!ended) {
        ProcessTree.end(process);
      }
    }
  }

  private void start(Service.Daemon daemon)
      throws IOException, InterruptedException, TestenvFailedException {
    steps.accept("start " + daemon.name());
    Path log =
        daemon
            .log()
            .map(template -> folder.resolve(scope.expand(template)))
            .orElse(paths.logs(testenv.name()).resolve(daemon.name() + ".log"));
    files.createFolders(log.resolveSibling(""));
    Process process = Scripts.startLogged(host, daemon.script(), "", environment, folder, log);
    services.add(new RunningService(daemon.name(), process, log));
    for (Step probe : daemon.ready()) {
      await(probe);
    }
    checkServices();
  }

  /** Asks again and again until the answer is yes. */
  private void await(Step probe) throws IOException, InterruptedException, TestenvFailedException {
    steps.accept(probe.name());
    Duration limit = deadline.orLess(probe.timeout());
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      Scripts.Outcome outcome =
          Scripts.run(where(probe.side()), probe.script(), environment, folder, left);
      if (outcome.isOk()) {
        return;
      }
      checkServices();
      if (System.nanoTime() + PROBE_INTERVAL.toNanos() > end) {
        String said = outcome.output().strip();
        throw tookTooLong(
            "not ready after %s: \"%s\" %s%s"
                .formatted(
                    Exits.seconds(limit.truncatedTo(ChronoUnit.MILLIS)),
                    probe.name(),
                    Exits.words(outcome.exit()),
                    said.isEmpty() ? " and said nothing" : " and said: " + lastLines(said)),
            limit.compareTo(probe.timeout()) < 0,
            services.getLast().log());
      }
      TimeUnit.NANOSECONDS.sleep(PROBE_INTERVAL.toNanos());
    }
  }

  private void checkServices() throws IOException, InterruptedException, TestenvFailedException {
    for (RunningService service : services) {
      if (!service.isAlive()) {
        throw failed(service.death(), service.log());
      }
    }
  }

  private Map<String, String> exports()
      throws IOException, InterruptedException, TestenvFailedException {
    steps.accept("export variables");
    Map<String, Future<String>> values = new LinkedHashMap<>();
    // Side by side: each asks a server, and waits.
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("warren-export").factory())) {
      testenv
          .exports()
          .forEach(
              (name, export) ->
                  values.put(
                      name,
                      switch (export) {
                        case Export.Value(var template) ->
                            CompletableFuture.completedFuture(scope.expand(template));
                        case Export.Command(String script) ->
                            threads.submit(() -> ask(name, script));
                      }));
      try {
        Map<String, String> exports = new LinkedHashMap<>();
        for (Map.Entry<String, Future<String>> value : values.entrySet()) {
          exports.put(value.getKey(), value.getValue().get());
        }
        return exports;
      } catch (ExecutionException failure) {
        throw failed(failure);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static TestenvFailedException failed(ExecutionException failure)
      throws IOException, InterruptedException {
    return switch (Objects.requireNonNull(failure.getCause(), "what the script's thread threw")) {
      case TestenvFailedException failed -> failed;
      case IOException failed -> throw failed;
      case InterruptedException interrupt -> throw interrupt;
      case Throwable other -> throw new IllegalStateException(other);
    };
  }

  private String ask(String name, String script)
      throws IOException, InterruptedException, TestenvFailedException {
    Scripts.Outcome outcome =
        Scripts.ask(host, script, environment, folder, deadline.orLess(EXPORT_LIMIT));
    String value = outcome.output().stripTrailing();
    if (!outcome.isOk() || value.isEmpty()) {
      throw new TestenvFailedException(
          testenv.name(),
          "the value of %s: its command %s%s"
              .formatted(
                  name, Exits.words(outcome.exit()), value.isEmpty() ? " and said nothing" : ""),
          List.of());
    }
    return value;
  }

  private Host where(Side side) {
    return switch (side) {
      case Side.Own() -> host;
      case Side.Client() -> client;
      case Side.Other(String other, var _) -> hosts.apply(other);
    };
  }

  /**
   * Keeps what was running; where the time of the whole is over, all of it ends.
   *
   * @param whole whether it was that time
   */
  private TestenvFailedException tookTooLong(String reason, boolean whole, Path log)
      throws IOException, InterruptedException {
    traces.host("the testenv", host);
    files.write(paths.logs(testenv.name()).resolve(TRACES), 0644, traces.toString());
    if (whole) {
      services.forEach(service -> ProcessTree.end(service.process()));
    }
    Path seen = kept.resolve(TRACES);
    return failed(
            "%s%s; what was running then: %s"
                .formatted(
                    whole
                        ? "its set-up was not done within its time limit of %s: "
                            .formatted(Exits.seconds(deadline.limit()))
                        : "",
                    reason,
                    seen),
            log)
        .withTraces(seen);
  }

  private TestenvFailedException failed(String reason, Path log)
      throws IOException, InterruptedException {
    return new TestenvFailedException(testenv.name(), reason, files.tail(log, LOG_LINES));
  }

  private static String lastLines(String text) {
    List<String> lines = text.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }
}
