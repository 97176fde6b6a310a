package dev.warren.selftest.testenv;

import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.selftest.build.BuildTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a catalogue's files say for one kind of software: packages, or a build tree. In each file
 * {@code with-build-tree} is laid over the rest, or left away.
 *
 * @param tree the folder of the build tree, absolute; empty for packages
 */
record SoftwareKind(Optional<Path> tree) {
  /** What a file says only where a build tree is used. */
  private static final String OVERLAY = "with-build-tree";

  /** What the catalogue says of build trees. */
  private static final String DESCRIPTION = "build-tree";

  static SoftwareKind of(Optional<Path> tree) {
    return new SoftwareKind(tree.map(folder -> folder.toAbsolutePath().normalize()));
  }

  /** A file as it counts for this kind of software. */
  MappingNode apply(MappingNode file, Problems problems) {
    Optional<MappingNode.Entry> overlay = file.entry(OVERLAY);
    if (overlay.isEmpty()) {
      return file;
    }
    MappingNode rest = without(OVERLAY, file);
    if (overlay.get().value() instanceof MappingNode over) {
      return tree.isPresent() ? new MappingNode(file.position(), over.over(rest).entries()) : rest;
    }
    problems.add(
        overlay.get().value(),
        "a mapping is expected, but this is " + overlay.get().value().kind());
    return rest;
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
