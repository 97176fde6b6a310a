package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.graph.Topology;
import dev.warren.lab.software.Software;
import dev.warren.linux.idmap.IdMap;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.testenv.Scope;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A lab with the hosts of some testenvs and of all that they need. Each testenv is set up when it
 * is first asked for, once; one that failed stays failed. For one thread.
 */
final class TestLab implements AutoCloseable {
  private static final int DNS_PORT = 53;
  private static final int LOG_LINES = 30;

  private final LabOptions options;
  private final LabAssembly assembly;
  private final Lab lab;
  private final RunListener listener;
  private final Map<String, State> states = new LinkedHashMap<>();

  /** What became of a testenv. */
  private sealed interface State {
    record Ready(RunningTestenv testenv) implements State {}

    record Failed(TestenvFailedException failure) implements State {}
  }

  private TestLab(LabOptions options, LabAssembly assembly, Lab lab, RunListener listener) {
    this.options = options;
    this.assembly = assembly;
    this.lab = lab;
    this.listener = listener;
  }

  /** Gets the software and starts the lab; no testenv is set up yet. */
  static TestLab start(LabOptions options, Collection<String> testenvs, RunListener listener)
      throws IOException, InterruptedException {
    LabAssembly assembly =
        new LabAssembly(
            options.catalogue(), options.catalogue().withNeeds(testenvs), IdMap.ofUsers().size());
    ResultFolder results = new ResultFolder(options.resultFolder());
    for (TestenvDefinition testenv : assembly.testenvs()) {
      results.removeLogs(testenv.name());
    }
    Software software =
        new Software(
            options.cache(), line -> listener.on(new RunEvent.Progress(Instant.now(), line)));
    Optional<Path> layer = software.layer(assembly.packages(), options.software());
    LabSettings settings =
        LabSettings.in(options.stateFolder())
            .withSoftwareLayers(layer.stream().toList())
            .withReadOnlyBinds(Map.of(LabPaths.CATALOGUE, options.catalogue().folder()))
            .withSharedDirectory(LabPaths.PREFIX);
    LabDescription description = assembly.describe(options.labName());
    Lab lab = options.starter().start(description, settings);
    listener.on(
        new RunEvent.LabStarted(
            Instant.now(), options.labName(), assembly.needs(), Topology.of(description)));
    return new TestLab(options, assembly, lab, listener);
  }

  Lab lab() {
    return lab;
  }

  /** Where suites run that do not run in a server's host. */
  Host client() {
    return lab.root();
  }

  /** The variables that every suite sees. */
  Map<String, String> suiteEnvironment() {
    return assembly.suiteEnvironment();
  }

  /**
   * A testenv, ready. Sets up what is missing of those that it needs, and then itself.
   *
   * @throws TestenvFailedException when it or one that it needs failed, now or before
   */
  RunningTestenv require(String name)
      throws IOException, InterruptedException, TestenvFailedException {
    for (TestenvDefinition testenv : options.catalogue().withNeeds(List.of(name))) {
      State state = states.get(testenv.name());
      if (state == null) {
        state = setUp(testenv);
        states.put(testenv.name(), state);
      }
      if (state instanceof State.Ready(RunningTestenv running)) {
        state = watch(running);
      }
      if (state instanceof State.Failed(TestenvFailedException failure)) {
        throw failure;
      }
    }
    return ready(name);
  }

  /** Reports those testenvs of which a service died since anybody last looked. */
  void watch() throws IOException, InterruptedException {
    for (State state : List.copyOf(states.values())) {
      if (state instanceof State.Ready(RunningTestenv running)) {
        watch(running);
      }
    }
  }

  /** What the services of a testenv, and of those that it needs, have logged so far. */
  ServerLogs logs(String name) throws IOException, InterruptedException {
    List<Path> folders =
        options.catalogue().withNeeds(List.of(name)).stream()
            .map(testenv -> LabPaths.logs(testenv.name()))
            .toList();
    return ServerLogs.mark(new LabFiles(client()), folders);
  }

  private RunningTestenv ready(String name) {
    if (states.get(name) instanceof State.Ready(RunningTestenv running)) {
      return running;
    }
    throw new IllegalStateException(name + " is not set up");
  }

  private State setUp(TestenvDefinition testenv) throws IOException, InterruptedException {
    Instant start = Instant.now();
    listener.on(new RunEvent.TestenvStarted(start, options.labName(), testenv.name()));
    try {
      RunningTestenv running = setup(testenv).run();
      Instant end = Instant.now();
      listener.on(
          new RunEvent.TestenvReady(
              end, options.labName(), testenv.name(), Duration.between(start, end), false));
      return new State.Ready(running);
    } catch (TestenvFailedException failure) {
      return failed(failure);
    } catch (IOException e) {
      return failed(new TestenvFailedException(testenv.name(), e));
    }
  }

  private TestenvSetup setup(TestenvDefinition testenv) {
    Map<String, Map<String, String>> exports = new LinkedHashMap<>();
    testenv.needNames().forEach(need -> exports.put(need, ready(need).exports()));
    return new TestenvSetup(
        testenv,
        lab.host(testenv.host().name()),
        client(),
        new Scope(assembly.predefined(testenv), testenv.variables(), exports),
        () -> forwardZones(testenv),
        step ->
            listener.on(
                new RunEvent.TestenvStep(Instant.now(), options.labName(), testenv.name(), step)));
  }

  /** From now on the lab's DNS service passes the testenv's zones on to its host. */
  private void forwardZones(TestenvDefinition testenv) {
    Host via = assembly.dnsHub().map(hub -> lab.host(hub.host().name())).orElseGet(this::client);
    InetSocketAddress target = new InetSocketAddress(assembly.address(testenv), DNS_PORT);
    for (String zone : testenv.zones()) {
      lab.dns().forward(zone, target, new HostSockets(via));
    }
  }

  private State watch(RunningTestenv running) throws IOException, InterruptedException {
    Optional<RunningService> dead = running.dead();
    if (dead.isEmpty()) {
      return new State.Ready(running);
    }
    State failed =
        failed(
            new TestenvFailedException(
                running.name(),
                dead.get().death(),
                new LabFiles(running.host()).tail(dead.get().log(), LOG_LINES)));
    states.put(running.name(), failed);
    return failed;
  }

  private State failed(TestenvFailedException failure) {
    listener.on(
        new RunEvent.TestenvFailed(
            Instant.now(), options.labName(), failure.testenv(), failure.reason()));
    return new State.Failed(failure);
  }

  /**
   * Copies the logs of all testenvs out, {@code RESULTS/TESTENV/...}, and ends the lab. An
   * interrupt ends the copying; the thread is interrupted again afterwards.
   *
   * @throws IOException when a log could not be copied; the others are there
   */
  @Override
  public void close() throws IOException {
    listener.on(new RunEvent.LabEnded(Instant.now(), options.labName()));
    boolean interrupted = false;
    try (lab;
        Closeable _ = options.starter()::ending) {
      copyLogs();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void copyLogs() throws IOException, InterruptedException {
    ResultFolder results = new ResultFolder(options.resultFolder());
    LabFiles files = new LabFiles(client());
    List<IOException> failures = new ArrayList<>();
    for (String testenv : states.keySet()) {
      try {
        Path target = results.createLogs(testenv);
        Path logs = LabPaths.logs(testenv);
        for (Path log : files.sizes(logs).keySet()) {
          try {
            files.copyOut(log, target.resolve(logs.relativize(log).toString()));
          } catch (IOException e) {
            failures.add(e);
          }
        }
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IOException failure = failures.removeFirst();
      failures.forEach(failure::addSuppressed);
      throw failure;
    }
  }
}
