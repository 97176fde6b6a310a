package dev.warren.selftest.snapshot;

import dev.warren.lab.software.SoftwareVersions;
import dev.warren.linux.idmap.IdMap;
import dev.warren.selftest.backup.DomainBackup;
import dev.warren.selftest.build.BuildTree;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the keys of the snapshots of a catalogue's testenvs. */
public final class SnapshotKeys {
  /** Another one when states are saved in another way. */
  private static final String FORMAT = "1";

  private final Catalogue catalogue;
  private final SoftwareVersions software;
  private final IdMap ids;
  private final SortedMap<String, String> files;
  private final Optional<String> backup;
  private final Optional<String> tree;

  private SnapshotKeys(
      Catalogue catalogue,
      SoftwareVersions software,
      IdMap ids,
      SortedMap<String, String> files,
      Optional<String> backup,
      Optional<String> tree) {
    this.catalogue = catalogue;
    this.software = software;
    this.ids = ids;
    this.files = files;
    this.backup = backup;
    this.tree = tree;
  }

  /**
   * Reads the catalogue's files, and looks at those of the build tree where there is one.
   *
   * @param software what hosts see
   * @param ids the uids that there are in the hosts
   * @param results where the results of runs go: no part of the catalogue, should it lie in it
   * @param backup of which those testenvs are made that say so
   */
  public static SnapshotKeys of(
      Catalogue catalogue,
      SoftwareVersions software,
      IdMap ids,
      Path results,
      Optional<DomainBackup> backup)
      throws IOException {
    Optional<String> content =
        backup.isPresent() ? Optional.of(Sha256.of(backup.get().file())) : Optional.empty();
    Optional<BuildTree> tree = catalogue.buildTree();
    Optional<String> built =
        tree.isPresent() ? Optional.of(BuildTreeFiles.digest(tree.get())) : Optional.empty();
    return new SnapshotKeys(
        catalogue, software, ids, CatalogueFiles.read(catalogue, results), content, built);
  }

  /**
   * The key of a testenv with all that it needs.
   *
   * @return empty when the versions of its software are not known
   */
  public Optional<SnapshotKey> key(String testenv) {
    List<TestenvDefinition> all = catalogue.withNeeds(List.of(testenv));
    return software.of(catalogue.packages(all)).map(versions -> key(testenv, all, versions));
  }

  private SnapshotKey key(
      String testenv, List<TestenvDefinition> all, SortedMap<String, String> versions) {
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put("format", FORMAT);
    parts.put("architecture", System.getProperty("os.arch"));
    parts.put("user ids", ids.size() + (ids.isInitial() ? ", the machine's own" : ""));
    parts.put("network", Sha256.of(CanonicalText.of(catalogue.network())));
    parts.put("client", Sha256.of(CanonicalText.of(catalogue.client())));
    for (TestenvDefinition one : all) {
      parts.put("testenv " + one.name(), Sha256.of(CanonicalText.of(one)));
    }
    if (all.stream().anyMatch(TestenvDefinition::fromBackup)) {
      backup.ifPresent(content -> parts.put("backup", content));
    }
    tree.ifPresent(digest -> parts.put("build tree", digest));
    if (!versions.isEmpty()) {
      parts.put("machine's packages", software.machine());
    }
    versions.forEach((name, version) -> parts.put("package " + name, version));
    files.forEach((name, content) -> parts.put("file " + name, content));
    return new SnapshotKey(testenv, parts);
  }
}
