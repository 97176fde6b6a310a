package dev.warren.selftest.snapshot;

import dev.warren.selftest.testenv.Catalogue;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of a catalogue that scripts of testenvs may use: all but definitions, which count as
 * they were read, and what is there for suites.
 */
final class CatalogueFiles extends SimpleFileVisitor<Path> {
  /** Definitions, plans with their lists, pages, and what editors and Python leave. */
  private static final Pattern AT_TOP = Pattern.compile(".*\\.(yaml|plan|knownfail|flapping|skip)");

  private static final Pattern NOWHERE =
      Pattern.compile("\\..*|.*~|.*\\.md|__pycache__|.*\\.(pyc|swp)");

  private final Path folder;
  private final Set<Path> leftOut = new HashSet<>();
  private final SortedMap<String, String> files = new TreeMap<>();

  private CatalogueFiles(Catalogue catalogue, Path results) {
    folder = catalogue.folder();
    leftOut.add(folder.resolve("plans"));
    leftOut.add(folder.resolve("suites"));
    catalogue.suiteFolder().ifPresent(inside -> leftOut.add(folder.resolve(inside)));
    leftOut.add(results.toAbsolutePath().normalize());
  }

  /** The files by their names below the catalogue's folder, each with mode and checksum. */
  static SortedMap<String, String> read(Catalogue catalogue, Path results) throws IOException {
    CatalogueFiles visitor = new CatalogueFiles(catalogue, results);
    Files.walkFileTree(visitor.folder, visitor);
    return visitor.files;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
    boolean isOut =
        leftOut.contains(inside) || (!inside.equals(folder) && isMatch(NOWHERE, inside));
    return isOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    boolean isAtTop = folder.equals(file.getParent());
    if (!isMatch(NOWHERE, file) && !(isAtTop && isMatch(AT_TOP, file))) {
      files.put(folder.relativize(file).toString(), content(file, attributes));
    }
    return FileVisitResult.CONTINUE;
  }

  private static String content(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      return "-> " + Files.readSymbolicLink(file);
    }
    if (!attributes.isRegularFile()) {
      return "special";
    }
    return (Files.isExecutable(file) ? "program " : "") + Sha256.of(Files.readAllBytes(file));
  }

  private static boolean isMatch(Pattern pattern, Path file) {
    return pattern.matcher(String.valueOf(file.getFileName())).matches();
  }
}
