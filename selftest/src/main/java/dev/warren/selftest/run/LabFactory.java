package dev.warren.selftest.run;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.Shortcomings;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.graph.Topology;
import dev.warren.lab.software.Software;
import dev.warren.lab.software.SoftwareVersions;
import dev.warren.linux.idmap.IdMap;
import dev.warren.selftest.backup.DomainBackup;
import dev.warren.selftest.build.BuildTree;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts the labs of a run, all with the same software. Several may start at a time. */
final class LabFactory {
  private static final String LINKS = "links";

  private final LabOptions options;
  private final Optional<Path> layer;
  private final Optional<BuildTree> tree;
  private final RunListener listener;

  /** How many labs there were of each testenv. */
  private final Map<String, Integer> counts = new HashMap<>();

  private final AtomicBoolean toldShortcomings = new AtomicBoolean();

  private LabFactory(LabOptions options, Optional<Path> layer, RunListener listener) {
    this.options = options;
    this.layer = layer;
    this.tree = options.catalogue().buildTree();
    this.listener = listener;
  }

  /** Gets the software for these testenvs, all that they need, and the client. */
  static LabFactory prepare(LabOptions options, Collection<String> testenvs, RunListener listener)
      throws IOException, InterruptedException {
    Software software =
        new Software(
            options.cache(), line -> listener.on(new RunEvent.Progress(Instant.now(), line)));
    Optional<Path> layer =
        options.underCwrap()
            ? Optional.empty()
            : software.layer(
                assembly(options, testenvs, LabPaths.USUAL).packages(), options.software());
    SortedMap<String, String> versions = versions(options, testenvs, layer);
    if (!versions.isEmpty()) {
      listener.on(new RunEvent.SoftwareReady(Instant.now(), versions));
    }
    return new LabFactory(options, layer, listener);
  }

  /** The versions of the packages that the testenvs name; none where one of them is not known. */
  private static SortedMap<String, String> versions(
      LabOptions options, Collection<String> testenvs, Optional<Path> layer) throws IOException {
    Set<String> packages = new HashSet<>();
    options.catalogue().withNeeds(testenvs).forEach(one -> packages.addAll(one.packages()));
    options.catalogue().buildTree().ifPresent(tree -> packages.removeAll(tree.replaces()));
    SortedMap<String, String> versions =
        new TreeMap<>(SoftwareVersions.read(layer).of(packages).orElseGet(TreeMap::new));
    versions.keySet().retainAll(packages);
    return versions;
  }

  private static LabAssembly assembly(
      LabOptions options, Collection<String> testenvs, LabPaths paths) throws IOException {
    return new LabAssembly(
        options.catalogue(),
        options.catalogue().withNeeds(testenvs),
        options.underCwrap() ? CwrapFit.IDS : IdMap.ofUsers().size(),
        options.backup(),
        paths);
  }

  /**
   * Starts a lab for a testenv and all that it needs; none of them is set up yet.
   *
   * @param testenv {@code none} for a lab with the client alone
   */
  TestLab start(String testenv) throws IOException {
    List<String> wanted = testenv.equals(TestenvChoice.NONE) ? List.of() : List.of(testenv);
    return start(testenv, wanted);
  }

  /**
   * Starts a lab with the hosts of several testenvs; none of them is set up yet.
   *
   * @param name what the lab is to be called
   */
  TestLab start(String name, Collection<String> testenvs) throws IOException {
    LabPlace place = options.opener().open(name);
    boolean started = false;
    try {
      LabPaths paths = paths(place);
      LabAssembly wanted = assembly(options, testenvs, paths);
      Optional<PartMissingException> unfit =
          options.underCwrap() ? CwrapFit.missing(wanted, name) : Optional.empty();
      LabAssembly assembly = unfit.isEmpty() ? wanted : assembly(options, List.of(), paths);
      MachineFiles.write(assembly.machineFiles());
      LabSettings settings =
          LabSettings.in(place.stateFolder())
              .withSoftwareLayers(layers(place))
              .withReadOnlyBinds(binds(assembly))
              .withVisible(tree.map(BuildTree::folder).stream().toList())
              .withSharedDirectory(paths.prefix())
              .withIsolation(options.isolation());
      LabDescription description = assembly.describe(place.name());
      Lab lab = place.start(description, settings);
      started = true;
      listener.on(
          new RunEvent.LabStarted(
              Instant.now(), place.name(), assembly.needs(), Topology.of(description)));
      tellShortcomings(lab);
      return new TestLab(options, assembly, unfit, place, lab, layer, logFolder(name), listener);
    } finally {
      if (!started) {
        place.close();
      }
    }
  }

  private LabPaths paths(LabPlace place) throws IOException {
    if (!options.underCwrap()) {
      return LabPaths.USUAL;
    }
    LabPaths paths =
        LabPaths.onMachine(
            place.stateFolder().toAbsolutePath(),
            options.catalogue().folder(),
            options.backup().map(DomainBackup::file));
    Files.createDirectories(paths.prefix());
    return paths;
  }

  /** All labs of a run have the same. */
  private void tellShortcomings(Lab lab) throws IOException {
    if (!toldShortcomings.getAndSet(true)) {
      Shortcomings.of(lab)
          .line()
          .ifPresent(line -> listener.on(new RunEvent.Progress(Instant.now(), line)));
    }
  }

  /** The links of a build tree above the packages: its programs are the ones that are meant. */
  private List<Path> layers(LabPlace place) throws IOException {
    List<Path> layers = new ArrayList<>();
    if (tree.isPresent() && !tree.get().links().isEmpty()) {
      layers.add(LinkLayer.make(place.stateFolder().resolve(LINKS), tree.get().links()));
    }
    layer.ifPresent(layers::add);
    return layers;
  }

  /** What all hosts see of the machine, by its path in them. */
  private Map<Path, Path> binds(LabAssembly assembly) {
    Map<Path, Path> binds = new HashMap<>();
    binds.put(LabPaths.USUAL.catalogue(), options.catalogue().folder());
    if (assembly.testenvs().stream().anyMatch(TestenvDefinition::fromBackup)) {
      options.backup().ifPresent(backup -> binds.put(LabPaths.USUAL.backup(), backup.file()));
    }
    return binds;
  }

  /** Where a lab's logs go: those of a second one must not cover those of the first. */
  private synchronized String logFolder(String testenv) {
    int number = counts.merge(testenv, 1, Integer::sum);
    return number == 1 ? testenv : testenv + "~" + number;
  }
}
