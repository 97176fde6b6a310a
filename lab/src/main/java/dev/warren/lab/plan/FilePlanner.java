package dev.warren.lab.plan;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The steps that give hosts their files. */
final class FilePlanner {
  private static final int SHARED_MODE = 0755;
  private static final int STICKY_MODE = 01777;
  private static final int HOME_MODE = 0700;

  /** What every host has for itself, with permissions. */
  private static final Map<Path, Integer> ALWAYS_PRIVATE =
      new LinkedHashMap<>(
          Map.of(
              Path.of("/tmp"), STICKY_MODE,
              Path.of("/var/tmp"), STICKY_MODE,
              Path.of("/dev/shm"), STICKY_MODE,
              Path.of("/run"), SHARED_MODE,
              Path.of("/root"), HOME_MODE));

  private final LabDescription lab;
  private final Site site;
  private final Path store;
  private final List<Operation> operations;

  /** Adds its steps to a plan. */
  FilePlanner(LabDescription lab, Site site, List<Operation> operations) {
    this.lab = lab;
    this.site = site;
    this.store = site.store();
    this.operations = operations;
  }

  void files(HostDescription host) {
    String name = host.name();
    List<String> packages = host.fileSystem().packages();
    if (!packages.isEmpty()) {
      operations.add(new FileOperation.LayPackages(name, packages, site.layers("usr")));
    }
    operations.add(new FileOperation.MountEtc(host, lab.addresses(host), site.layers("etc")));
    Map<Path, Integer> directories = new LinkedHashMap<>(ALWAYS_PRIVATE);
    host.fileSystem()
        .privateDirectories()
        .forEach(path -> directories.putIfAbsent(path, SHARED_MODE));
    operations.add(room(host, directories.keySet()));
    site.sharedDirectory()
        .ifPresent(
            target ->
                operations.add(share(name, directories, store.resolve("shared"), target, false)));
    site.readOnlyBinds()
        .forEach(
            (target, source) -> operations.add(share(name, directories, source, target, true)));
    directories.keySet().forEach(directory -> keepVisible(name, directory));
    // What would hide the store comes last; a folder comes before what is mounted inside it.
    directories.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<Path, Integer>, Boolean>comparing(
                    entry -> store.startsWith(entry.getKey()))
                .thenComparing(Map.Entry::getKey))
        .forEach(
            entry ->
                operations.add(
                    new FileOperation.MountPrivate(name, entry.getKey(), entry.getValue())));
    host.fileSystem()
        .files()
        .forEach(file -> operations.add(new FileOperation.WriteFile(name, file)));
    operations.add(new FileOperation.FinishMounts(name, store));
  }

  private static Operation room(HostDescription host, Set<Path> directories) {
    List<Path> folders =
        host.fileSystem().files().stream()
            .map(file -> Objects.requireNonNull(file.path().getParent(), "a file lies in a folder"))
            .filter(folder -> directories.stream().noneMatch(folder::startsWith))
            .distinct()
            .sorted()
            .toList();
    return new FileOperation.MakeRoom(host.name(), directories.stream().sorted().toList(), folders);
  }

  /** Shows what a private directory would hide of the code that this JVM runs. */
  private void keepVisible(String host, Path directory) {
    List<Path> hidden =
        site.visible().stream()
            .filter(path -> path.startsWith(directory) && !path.equals(directory))
            .toList();
    Gathering.below(directory, hidden)
        .forEach(
            path -> operations.add(new FileOperation.Share(host, path, directory, path, true)));
  }

  private static Operation share(
      String host, Map<Path, Integer> directories, Path source, Path target, boolean readOnly) {
    Path directory =
        directoryAbove(target, directories)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        target + " lies in no private directory of host " + host));
    return new FileOperation.Share(host, source, directory, target, readOnly);
  }

  private static Optional<Path> directoryAbove(Path path, Map<Path, Integer> directories) {
    return directories.keySet().stream()
        .filter(path::startsWith)
        .max(Comparator.comparingInt(Path::getNameCount));
  }
}
