package dev.warren.selftest.testenv;

import dev.warren.lab.description.Isolation;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.selftest.build.BuildTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a catalogue's files say for one kind of software, packages or a build tree, and for one
 * isolation. In each file {@code with-build-tree} and {@code with-cwrap} are laid over the rest, or
 * left away; a key with nothing takes that of the rest away.
 *
 * @param tree the folder of the build tree, absolute; empty for packages
 * @param isolation what makes hosts private
 */
record SoftwareKind(Optional<Path> tree, Isolation isolation) {
  /** What a file says only where a build tree is used. */
  private static final String WITH_TREE = "with-build-tree";

  /** What a file says only under cwrap. */
  private static final String WITH_CWRAP = "with-cwrap";

  /** What the catalogue says of build trees. */
  private static final String DESCRIPTION = "build-tree";

  static SoftwareKind of(Optional<Path> tree, Isolation isolation) {
    return new SoftwareKind(tree.map(folder -> folder.toAbsolutePath().normalize()), isolation);
  }

  /** A file as it counts for this kind of software. */
  MappingNode apply(MappingNode file, Problems problems) {
    MappingNode some = laid(WITH_TREE, tree.isPresent(), file, problems);
    return laid(WITH_CWRAP, isolation == Isolation.CWRAP, some, problems);
  }

  private static MappingNode laid(String key, boolean counts, MappingNode file, Problems problems) {
    Optional<MappingNode.Entry> overlay = file.entry(key);
    if (overlay.isEmpty()) {
      return file;
    }
    MappingNode rest = without(key, file);
    if (overlay.get().value() instanceof MappingNode over) {
      return counts
          ? new MappingNode(file.position(), kept(over.over(rest), over).entries())
          : rest;
    }
    problems.add(
        overlay.get().value(),
        "a mapping is expected, but this is " + overlay.get().value().kind());
    return rest;
  }

  /** Less what the overlay has nothing for. */
  private static MappingNode kept(MappingNode merged, MappingNode over) {
    List<MappingNode.Entry> entries = new ArrayList<>();
    for (MappingNode.Entry entry : merged.entries()) {
      switch (over.get(entry.name()).orElse(null)) {
        case ScalarNode nothing when nothing.isNull() -> {}
        case MappingNode inner when entry.value() instanceof MappingNode both ->
            entries.add(new MappingNode.Entry(entry.key(), kept(both, inner)));
        case null, default -> entries.add(entry);
      }
    }
    return new MappingNode(merged.position(), entries);
  }

  /** The settings less what they say of build trees. */
  MappingNode settings(MappingNode file) {
    return without(DESCRIPTION, file);
  }

  /** The build tree as the settings say how to use it; reports when it is none. */
  Optional<BuildTree> buildTree(MappingNode settings, Problems problems) {
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    Path folder = tree.get();
    if (!Files.isDirectory(folder)) {
      problems.add(Position.of(folder.toString()), "there is no such folder");
      return Optional.empty();
    }
    if (settings.get(DESCRIPTION).orElse(null) instanceof MappingNode section) {
      return Optional.of(new BuildTreeReader(folder, section, problems).read());
    }
    problems.add(
        settings.position(),
        "this catalogue does not say how its testenvs use a build tree: it has no mapping \"%s\""
            .formatted(DESCRIPTION));
    return Optional.empty();
  }

  private static MappingNode without(String key, MappingNode file) {
    return new MappingNode(
        file.position(),
        file.entries().stream().filter(entry -> !entry.name().equals(key)).toList());
  }
}
