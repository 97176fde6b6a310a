package dev.warren.selftest.snapshot;

import dev.warren.selftest.build.BuildTree;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files of a build tree that testenvs are made with, by name, size and time: to read them all
 * would take longer than most set-ups, and make tells by the time, too, what is new.
 */
final class BuildTreeFiles extends SimpleFileVisitor<Path> {
  /** The files right in a folder. */
  private static final String ALONE = "/*";

  private final Path tree;
  private final SortedSet<String> lines = new TreeSet<>();

  private BuildTreeFiles(Path tree) {
    this.tree = tree;
  }

  /** Another one as soon as something was built anew, or the tree lies elsewhere. */
  static String digest(BuildTree tree) throws IOException {
    BuildTreeFiles visitor = new BuildTreeFiles(tree.folder());
    for (String path : tree.content()) {
      boolean alone = path.endsWith(ALONE);
      Path start =
          tree.folder().resolve(alone ? path.substring(0, path.length() - ALONE.length()) : path);
      // What is built is as a rule a link to where it was made.
      Files.walkFileTree(
          start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), alone ? 1 : Integer.MAX_VALUE, visitor);
    }
    return Sha256.of(
        visitor.lines.stream().collect(Collectors.joining("\n", tree.folder() + "\n", "")));
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile() && !file.toString().endsWith(".pyc")) {
      lines.add(
          "%s %d %s"
              .formatted(tree.relativize(file), attributes.size(), attributes.lastModifiedTime()));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException || failure instanceof FileSystemLoopException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }
}
