package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.selftest.client.FreshClient;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.testenv.Scope;
import dev.warren.selftest.testenv.Template;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A lab with the hosts of one testenv and of all that it needs, or with the client alone. What
 * failed in it stays failed. Used by one thread at a time.
 */
final class TestLab implements AutoCloseable {
  private static final int DNS_PORT = 53;
  private static final int LOG_LINES = 30;

  private final LabOptions options;
  private final LabAssembly assembly;
  private final Optional<PartMissingException> unfit;
  private final LabPlace place;
  private final Lab lab;
  private final String logFolder;
  private final RunListener listener;
  private final Optional<Path> layer;
  private final Map<String, RunningTestenv> ready = new ConcurrentHashMap<>();
  private final SuiteFolders folders;
  private Optional<TestenvFailedException> failure = Optional.empty();
  private Optional<FreshClient> fresh = Optional.empty();
  private boolean begun;

  /**
   * A lab that has started.
   *
   * @param unfit why none of its testenvs can be in it, which it is without then
   * @param layer the software that lies over the machine's
   * @param logFolder where in the result folder its logs go
   */
  TestLab(
      LabOptions options,
      LabAssembly assembly,
      Optional<PartMissingException> unfit,
      LabPlace place,
      Lab lab,
      Optional<Path> layer,
      String logFolder,
      RunListener listener) {
    this.options = options;
    this.assembly = assembly;
    this.unfit = unfit;
    this.place = place;
    this.lab = lab;
    this.layer = layer;
    this.logFolder = logFolder;
    this.listener = listener;
    this.folders = new SuiteFolders(lab.root(), options.catalogue(), assembly.paths());
  }

  Lab lab() {
    return lab;
  }

  /** What the lab is called. */
  String name() {
    return place.name();
  }

  /** Where things stand in it. */
  LabPaths paths() {
    return assembly.paths();
  }

  /** How many uids its processes have. */
  long ids() {
    return assembly.ids();
  }

  /** Where suites run that do not run in a server's host. */
  Host client() {
    return lab.root();
  }

  /** The folders in which suites run. */
  SuiteFolders folders() {
    return folders;
  }

  /** The variables that the catalogue gives suites by itself. */
  CommonVariables suiteEnvironment() {
    return assembly.suiteEnvironment();
  }

  /**
   * The lab's testenv, ready. Sets it up with all that it needs when nobody has asked before.
   *
   * @throws TestenvFailedException when it or one that it needs failed, now or before
   */
  RunningTestenv require(String name)
      throws IOException, InterruptedException, TestenvFailedException {
    setUp();
    watch();
    if (failure.isPresent()) {
      throw failure.get();
    }
    return ready(options.catalogue().testenv(name).name());
  }

  /**
   * Sets all its testenvs up, once.
   *
   * @throws TestenvFailedException when one fails
   */
  void setUp() throws IOException, InterruptedException, TestenvFailedException {
    if (begun) {
      return;
    }
    begun = true;
    try {
      if (unfit.isPresent()) {
        throw unfit.get();
      }
      List<TestenvDefinition> all = assembly.testenvs();
      for (TestenvDefinition testenv : all) {
        Scope scope = new Scope(assembly.predefined(testenv), testenv.variables(), Map.of());
        RequiredParts.check(
            testenv, lab.host(testenv.host().name()), scope.environmentWithoutNeeds());
      }
      if (options.underCwrap()) {
        InstalledPackages.check(assembly);
      }
      if (!all.isEmpty()) {
        new LabSnapshots(options, name(), lab, layer, all, ready, this::setup, listener)
            .setUp(() -> SetupOrder.run(all, this::setUp));
      }
      if (!options.underCwrap()) {
        fresh = Optional.of(FreshClient.of(client()));
      }
    } catch (TestenvFailedException failed) {
      failed(failed);
      throw failed;
    }
  }

  /** Takes away what a suite left in the client; false when that is beyond repair. */
  boolean refresh() throws InterruptedException {
    try {
      if (fresh.isPresent()) {
        fresh.get().restore();
      } else if (options.underCwrap()) {
        // Its files are the machine's, and stay.
        client().handles().forEach(ProcessHandle::destroyForcibly);
      }
      return true;
    } catch (IOException e) {
      listener.on(
          new RunEvent.Progress(
              Instant.now(), "lab %s is of no more use: %s".formatted(name(), Exits.words(e))));
      return false;
    }
  }

  /** Reports it when a service died since anybody last looked. */
  void watch() throws IOException, InterruptedException {
    for (TestenvDefinition testenv : assembly.testenvs()) {
      RunningTestenv running = ready.get(testenv.name());
      Optional<RunningService> dead =
          running == null || failure.isPresent() ? Optional.empty() : running.dead();
      if (dead.isPresent()) {
        failed(
            new TestenvFailedException(
                testenv.name(),
                dead.get().death(),
                new LabFiles(lab.host(testenv.host().name())).tail(dead.get().log(), LOG_LINES)));
      }
    }
  }

  /** Why no more suites can run in it, if that is so. */
  Optional<TestenvFailedException> failure() {
    return failure;
  }

  /** What the services of its testenvs have logged so far. */
  ServerLogs logs(String name) throws IOException, InterruptedException {
    List<Path> folders =
        options.catalogue().withNeeds(List.of(name)).stream()
            .map(testenv -> paths().logs(testenv.name()))
            .toList();
    return ServerLogs.mark(new LabFiles(client()), folders);
  }

  /** A testenv and all that it needs, each after those that it needs itself. */
  List<TestenvDefinition> definitions(String name) {
    return options.catalogue().withNeeds(List.of(name));
  }

  /** Those of them that are ready. */
  List<RunningTestenv> running(String name) {
    return definitions(name).stream()
        .flatMap(testenv -> Stream.ofNullable(ready.get(testenv.name())))
        .toList();
  }

  private RunningTestenv ready(String name) {
    RunningTestenv running = ready.get(name);
    if (running == null) {
      throw new IllegalStateException(name + " is not set up");
    }
    return running;
  }

  /** Sets one testenv up, of which all needs are ready; others may be under way meanwhile. */
  private void setUp(TestenvDefinition testenv)
      throws IOException, InterruptedException, TestenvFailedException {
    if (ready.containsKey(testenv.name())) {
      // It started from a snapshot.
      return;
    }
    Instant start = Instant.now();
    listener.on(new RunEvent.TestenvStarted(start, name(), testenv.name()));
    SetupCapture capture = SetupCapture.begin(options, lab, testenv.name());
    try {
      ready.put(testenv.name(), setup(testenv).run());
      Optional<Path> packets = capture.succeeded();
      Instant end = Instant.now();
      listener.on(
          new RunEvent.TestenvReady(
              end, name(), testenv.name(), Duration.between(start, end), false, packets));
    } catch (TestenvFailedException failed) {
      throw failed.withCapture(capture.failed());
    } catch (IOException e) {
      throw new TestenvFailedException(testenv.name(), e).withCapture(capture.failed());
    }
  }

  private TestenvSetup setup(TestenvDefinition testenv) {
    Map<String, Map<String, String>> exports = new LinkedHashMap<>();
    testenv.needNames().forEach(need -> exports.put(need, ready(need).exports()));
    Scope scope = new Scope(assembly.predefined(testenv), testenv.variables(), exports);
    return new TestenvSetup(
        testenv,
        lab.host(testenv.host().name()),
        client(),
        need -> lab.host(options.catalogue().testenv(need).host().name()),
        scope,
        options.watch().testenvLimit(),
        LabLogs.folder(Path.of(logFolder), testenvNames(), testenv.name()),
        () -> forwardZones(testenv, scope),
        step -> listener.on(new RunEvent.TestenvStep(Instant.now(), name(), testenv.name(), step)),
        paths());
  }

  /** From now on the lab's DNS service passes the testenv's zones on to its host. */
  private void forwardZones(TestenvDefinition testenv, Scope scope) {
    Host via = assembly.dnsHub().map(hub -> lab.host(hub.host().name())).orElseGet(this::client);
    InetSocketAddress target = new InetSocketAddress(assembly.address(testenv), DNS_PORT);
    for (Template zone : testenv.zones()) {
      lab.dns().forward(scope.expand(zone), target, new HostSockets(via));
    }
  }

  private void failed(TestenvFailedException failed) {
    failure = Optional.of(failed);
    if (failed instanceof PartMissingException missing) {
      listener.on(new RunEvent.Progress(Instant.now(), missing.reason()));
      return;
    }
    listener.on(
        new RunEvent.TestenvFailed(
            Instant.now(),
            name(),
            failed.testenv(),
            failed.reason(),
            failed.capture(),
            failed.traces()));
  }

  /**
   * Copies the logs of all testenvs out and ends the lab. An interrupt ends the copying; the thread
   * is interrupted again afterwards.
   *
   * @throws IOException when a log could not be copied; the others are there
   */
  @Override
  public void close() throws IOException {
    listener.on(new RunEvent.LabEnded(Instant.now(), name()));
    boolean interrupted = false;
    try (place;
        lab;
        Closeable _ = () -> fresh.ifPresent(FreshClient::close);
        Closeable _ = place::ending) {
      copyLogs();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void copyLogs() throws IOException, InterruptedException {
    if (begun && !assembly.testenvs().isEmpty()) {
      Path target = new ResultFolder(options.resultFolder()).createLogs(logFolder);
      new LabLogs(new LabFiles(client()), paths(), target).copy(testenvNames());
    }
  }

  private List<String> testenvNames() {
    return assembly.testenvs().stream().map(TestenvDefinition::name).toList();
  }
}
