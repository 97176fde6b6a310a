package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.PrivateDirectory;
import dev.warren.lab.software.SoftwareVersions;
import dev.warren.linux.idmap.IdMap;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.snapshot.EtcListing;
import dev.warren.selftest.snapshot.HostState;
import dev.warren.selftest.snapshot.Manifest;
import dev.warren.selftest.snapshot.Snapshot;
import dev.warren.selftest.snapshot.SnapshotDraft;
import dev.warren.selftest.snapshot.SnapshotKey;
import dev.warren.selftest.snapshot.SnapshotKeys;
import dev.warren.selftest.snapshot.SnapshotStore;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * Lets the testenv of a lab start from its snapshot, and saves one that was set up the long way. A
 * snapshot holds the testenv with all that it needs: a member's state is also in its controllers.
 *
 * <p>For a lab in which nothing was set up yet. Only the lab's own testenv is saved: what it needs
 * would have to be stopped in the middle of the set-up of others, and is saved by a lab of its own.
 */
final class LabSnapshots {
  private static final int CHANGES_SHOWN = 3;
  private static final Path ROOT_HOME = Path.of("/root");

  /** Kept over a reboot, unlike /tmp (file-hierarchy(7)). */
  private static final Path VAR_TMP = Path.of("/var/tmp");

  private final LabOptions options;
  private final String labName;
  private final Lab lab;
  private final Optional<Path> layer;
  private final List<TestenvDefinition> testenvs;
  private final Map<String, RunningTestenv> ready;
  private final Function<TestenvDefinition, TestenvSetup> setups;
  private final RunListener listener;
  private final SnapshotStore store;

  /** Sets up all that is not ready yet. */
  @FunctionalInterface
  interface Cold {
    void run() throws IOException, InterruptedException, TestenvFailedException;
  }

  /**
   * For one lab.
   *
   * @param layer the software that lies over the machine's
   * @param testenvs those of the lab, each after those that it needs; the last is its own
   * @param ready those that are ready, by name: filled and emptied here
   * @param setups the set-up of one of which all needs are ready
   */
  LabSnapshots(
      LabOptions options,
      String labName,
      Lab lab,
      Optional<Path> layer,
      List<TestenvDefinition> testenvs,
      Map<String, RunningTestenv> ready,
      Function<TestenvDefinition, TestenvSetup> setups,
      RunListener listener) {
    this.options = options;
    this.labName = labName;
    this.lab = lab;
    this.layer = layer;
    this.testenvs = List.copyOf(testenvs);
    this.ready = ready;
    this.setups = setups;
    this.listener = listener;
    this.store = new SnapshotStore(options.cache(), options.snapshots().limit(), this::tell);
  }

  /**
   * Makes all testenvs ready, in the shortest way.
   *
   * @param cold sets up what no snapshot gave
   */
  void setUp(Cold cold) throws IOException, InterruptedException, TestenvFailedException {
    Optional<SnapshotKeys> keys =
        isUsable() && testenvs.stream().anyMatch(LabSnapshots::isWorthSaving)
            ? keys()
            : Optional.empty();
    Optional<SnapshotKey> own = keys.flatMap(all -> all.key(testenvs.getLast().name()));
    if (own.isEmpty()) {
      cold.run();
      return;
    }
    if (!start(own.get())) {
      setUpAndSave(keys.get(), own.get(), cold);
    }
  }

  /** Under cwrap a testenv's files name the folder of its lab, which the next lab has not. */
  private boolean isUsable() {
    return options.snapshots().isOn() && !options.underCwrap();
  }

  /** Without any such step it starts as fast by itself. */
  private static boolean isWorthSaving(TestenvDefinition testenv) {
    return !testenv.provision().isEmpty()
        || testenv.finish().stream().anyMatch(step -> !step.always());
  }

  private Optional<SnapshotKeys> keys() throws IOException {
    SoftwareVersions software = SoftwareVersions.read(layer);
    SnapshotKeys keys =
        SnapshotKeys.of(
            options.catalogue(),
            software,
            IdMap.ofUsers(),
            options.resultFolder(),
            options.backup());
    String name = testenvs.getLast().name();
    if (keys.key(name).isEmpty()) {
      tell("no snapshot of " + name + ": dpkg does not know all packages that it names");
    }
    return Optional.of(keys);
  }

  private void setUpAndSave(SnapshotKeys keys, SnapshotKey own, Cold cold)
      throws IOException, InterruptedException, TestenvFailedException {
    tellWhyAnew(own);
    Map<String, EtcListing> fresh = new LinkedHashMap<>();
    for (Host host : hosts()) {
      fresh.put(host.name(), EtcListing.of(host));
    }
    startLargestNeed(keys);
    Instant begin = Instant.now();
    cold.run();
    if (store.has(own, options.snapshots().notBefore())) {
      // Another lab or another Warren was faster.
      return;
    }
    Duration took = Duration.between(begin, Instant.now());
    try {
      save(own, fresh, took);
    } catch (IOException | TestenvFailedException failure) {
      var _ = store.remove(own.name());
      startAgain("starting %s again after it was saved failed".formatted(own.testenv()), failure);
      cold.run();
    }
  }

  private void tellWhyAnew(SnapshotKey key) throws IOException {
    store.list().stream()
        .flatMap(stored -> stored.manifest().stream())
        .filter(manifest -> manifest.key().testenv().equals(key.testenv()))
        .filter(manifest -> manifest.catalogue().equals(options.catalogue().folder().toString()))
        .filter(manifest -> !manifest.key().equals(key))
        .max(Comparator.comparing(Manifest::made))
        .ifPresent(
            last -> {
              SortedSet<String> changes = key.changesSince(last.key());
              tell(
                  "%s is set up anew, for its snapshot is of another %s"
                      .formatted(
                          key.testenv(),
                          String.join(", ", changes.stream().limit(CHANGES_SHOWN).toList())
                              + (changes.size() > CHANGES_SHOWN
                                  ? " and %d more".formatted(changes.size() - CHANGES_SHOWN)
                                  : "")));
            });
  }

  private void startLargestNeed(SnapshotKeys keys) throws IOException, InterruptedException {
    List<List<TestenvDefinition>> needs =
        testenvs.subList(0, testenvs.size() - 1).stream()
            .map(need -> options.catalogue().withNeeds(List.of(need.name())))
            .sorted(Comparator.<List<TestenvDefinition>>comparingInt(List::size).reversed())
            .toList();
    for (List<TestenvDefinition> need : needs) {
      Optional<SnapshotKey> key = keys.key(need.getLast().name());
      if (key.isPresent() && start(key.get())) {
        return;
      }
    }
  }

  /** Starts testenvs from a snapshot; false when there is none, or none that is good. */
  private boolean start(SnapshotKey key) throws IOException, InterruptedException {
    try {
      Optional<Snapshot> found = store.open(key, options.snapshots().notBefore());
      if (found.isEmpty()) {
        return false;
      }
      try (Snapshot snapshot = found.get()) {
        start(snapshot);
      }
      return true;
    } catch (IOException | TestenvFailedException failure) {
      var _ = store.remove(key.name());
      startAgain(
          "starting %s from its snapshot failed, which is removed".formatted(key.testenv()),
          failure);
      return false;
    }
  }

  private void start(Snapshot snapshot)
      throws IOException, InterruptedException, TestenvFailedException {
    state(lab.root(), Optional.empty()).restore(snapshot);
    String testenv = snapshot.manifest().key().testenv();
    for (TestenvDefinition one : options.catalogue().withNeeds(List.of(testenv))) {
      Instant begin = Instant.now();
      listener.on(new RunEvent.TestenvStarted(begin, labName, one.name()));
      listener.on(new RunEvent.TestenvStep(begin, labName, one.name(), "restore its state"));
      state(lab.host(one.host().name()), Optional.of(one)).restore(snapshot);
      ready.put(one.name(), setups.apply(one).resume(List.of()));
      Instant end = Instant.now();
      listener.on(
          new RunEvent.TestenvReady(
              end, labName, one.name(), Duration.between(begin, end), true, Optional.empty()));
    }
  }

  /** Stops everything, saves it, and starts it again. */
  private void save(SnapshotKey key, Map<String, EtcListing> fresh, Duration took)
      throws IOException, InterruptedException, TestenvFailedException {
    Instant begin = Instant.now();
    step(key.testenv(), "stop for a snapshot");
    Optional<String> hindrance = stop();
    Optional<Manifest> saved = Optional.empty();
    if (hindrance.isEmpty()) {
      step(key.testenv(), "save a snapshot");
      try {
        saved = Optional.of(write(key, fresh, took));
      } catch (IOException failure) {
        hindrance = Optional.of(Exits.words(failure));
      }
    }
    for (TestenvDefinition testenv : testenvs) {
      RunningTestenv running = ready.get(testenv.name());
      List<RunningService> present =
          running == null
              ? List.of()
              : running.services().stream().filter(RunningService::isAlive).toList();
      ready.put(testenv.name(), setups.apply(testenv).resume(present));
    }
    String time = Exits.tenths(Duration.between(begin, Instant.now()));
    tell(
        hindrance
            .map(reason -> "no snapshot of %s: %s".formatted(key.testenv(), reason))
            .orElse(
                "saved a snapshot of %s, %s in %s"
                    .formatted(
                        key.testenv(), megabytes(saved.map(Manifest::bytes).orElse(0L)), time)));
  }

  /** Stops all services; the answer is why nobody can count on the state, if so. */
  private Optional<String> stop() throws InterruptedException {
    ServiceStop services = new ServiceStop(options.snapshots().stopLimit());
    for (TestenvDefinition testenv : testenvs.reversed()) {
      RunningTestenv running = ready.get(testenv.name());
      if (running != null) {
        Optional<String> reason = services.stop(running);
        if (reason.isPresent()) {
          return reason;
        }
      }
    }
    return services.idle(lab.root());
  }

  private Manifest write(SnapshotKey key, Map<String, EtcListing> fresh, Duration took)
      throws IOException, InterruptedException {
    try (SnapshotDraft draft = store.draft(key)) {
      save(draft, lab.root(), Optional.empty(), fresh);
      for (TestenvDefinition testenv : testenvs) {
        save(draft, lab.host(testenv.host().name()), Optional.of(testenv), fresh);
      }
      return draft.commit(options.catalogue().folder().toString(), took);
    }
  }

  private static void save(
      SnapshotDraft draft,
      Host host,
      Optional<TestenvDefinition> testenv,
      Map<String, EtcListing> fresh)
      throws IOException, InterruptedException {
    EtcListing before = fresh.get(host.name());
    if (before == null) {
      throw new IllegalStateException("no /etc of host " + host.name() + " was listed");
    }
    state(host, testenv).save(draft, before);
  }

  /** Makes the hosts anew, for what a start has left in them is of no use. */
  private void startAgain(String what, Exception failure) throws IOException, InterruptedException {
    tell(
        "%s: %s"
            .formatted(
                what,
                Optional.ofNullable(failure.getMessage())
                    .orElseGet(failure::toString)
                    .lines()
                    .findFirst()
                    .orElse("")));
    Set<Path> trees = new HashSet<>(state(lab.root(), Optional.empty()).trees());
    for (TestenvDefinition testenv : testenvs) {
      Host host = lab.host(testenv.host().name());
      HostDescription same = host.description();
      lab.remove(host);
      var _ = lab.add(same);
      trees.add(LabPaths.USUAL.envdir(testenv.name()));
      ready.remove(testenv.name());
    }
    new HostState(lab.root(), List.copyOf(trees)).clear();
  }

  private List<Host> hosts() {
    List<Host> hosts = new ArrayList<>(List.of(lab.root()));
    testenvs.forEach(testenv -> hosts.add(lab.host(testenv.host().name())));
    return hosts;
  }

  /** Where a host has its state; that of a testenv lies in a folder that all hosts share. */
  private static HostState state(Host host, Optional<TestenvDefinition> testenv) {
    List<Path> trees = new ArrayList<>(List.of(ROOT_HOME, VAR_TMP));
    host.description().fileSystem().privateDirectories().stream()
        .map(PrivateDirectory::path)
        .filter(path -> !trees.contains(path))
        .forEach(trees::add);
    testenv.ifPresent(one -> trees.add(LabPaths.USUAL.envdir(one.name())));
    return new HostState(host, trees);
  }

  private void step(String testenv, String step) {
    listener.on(new RunEvent.TestenvStep(Instant.now(), labName, testenv, step));
  }

  private void tell(String line) {
    listener.on(new RunEvent.Progress(Instant.now(), line));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
