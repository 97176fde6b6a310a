package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.tree.Trees;
import dev.warren.selftest.build.BuildTree;
import dev.warren.selftest.client.HostTasks;
import dev.warren.selftest.testenv.Catalogue;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The fresh folders in which commands run, with a copy of what the catalogue puts there. The next
 * one is made while a command runs in the one before.
 */
final class SuiteFolders {
  private static final int MODE = 01777;

  private final Host client;
  private final LabPaths paths;
  private final Optional<Path> content;
  private final Optional<Path> tree;
  private Optional<Future<Path>> next = Optional.empty();
  private int number;

  /**
   * Folders that client and hosts see alike.
   *
   * @param catalogue says what each one holds at first: a copy of its own, or of the build tree a
   *     link to each entry, as commands of its plan start in its root
   */
  SuiteFolders(Host client, Catalogue catalogue, LabPaths paths) {
    this.client = client;
    this.paths = paths;
    this.tree = catalogue.buildTree().map(BuildTree::folder);
    this.content =
        tree.isPresent()
            ? Optional.empty()
            : catalogue.suiteFolder().map(paths.catalogue()::resolve);
  }

  /** A new folder, writable for everybody as /tmp is. */
  Path create() throws IOException, InterruptedException {
    Future<Path> ready = next.orElseGet(this::begin);
    next = Optional.empty();
    Path folder = HostTasks.result(ready);
    next = Optional.of(begin());
    return folder;
  }

  private Future<Path> begin() {
    Path folder = paths.suites().resolve(String.valueOf(++number));
    return HostTasks.begin(client, () -> make(folder));
  }

  private Path make(Path folder) throws IOException {
    Files.createDirectories(paths.suites());
    if (content.isPresent()) {
      Files.walkFileTree(content.get(), new Copier(content.get(), folder));
    } else {
      Files.createDirectory(folder);
    }
    if (tree.isPresent()) {
      link(tree.get(), folder);
    }
    Files.setAttribute(folder, "unix:mode", MODE);
    return folder;
  }

  private static void link(Path tree, Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(tree)) {
      for (Path entry : entries) {
        Files.createSymbolicLink(folder.resolve(tree.relativize(entry).toString()), entry);
      }
    }
  }

  /** Removes a folder: what it holds is memory. */
  void remove(Path folder) throws IOException, InterruptedException {
    boolean _ =
        HostTasks.call(
            client,
            () -> {
              Trees.delete(folder);
              return true;
            });
  }

  /** Copies a tree with its permissions, as the user of this process. */
  private static final class Copier extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copier(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      return copy(folder);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      return copy(file);
    }

    private FileVisitResult copy(Path path) throws IOException {
      Files.copy(path, to.resolve(from.relativize(path).toString()), LinkOption.NOFOLLOW_LINKS);
      return FileVisitResult.CONTINUE;
    }
  }
}
