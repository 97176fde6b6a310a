package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.results.ResultFiles;
import dev.warren.selftest.results.ResultFormat;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files {@code *.xml} that a suite's command wrote in its folder and below it, in a host. */
final class LeftXmlFiles implements ResultFiles {
  private static final long LARGEST = 256L << 20;

  private final Host host;
  private final Path folder;

  /** What is there before the command runs, with what changes when a file is written. */
  private final Map<Path, String> before;

  private LeftXmlFiles(Host host, Path folder, Map<Path, String> before) {
    this.host = host;
    this.folder = folder;
    this.before = before;
  }

  /** Those of a suite that runs in this folder; none where its results are not in files. */
  static ResultFiles of(SuiteSettings settings, Host host, Path suiteFolder) throws IOException {
    if (settings.format() != ResultFormat.JUNIT_XML) {
      return ResultFiles.NONE;
    }
    Path folder = settings.directory().map(suiteFolder::resolve).orElse(suiteFolder);
    return new LeftXmlFiles(host, folder, host.files(() -> new XmlStates(folder).states));
  }

  @Override
  public SortedMap<String, byte[]> xml() throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return host.files(
        () -> {
          SortedMap<String, byte[]> files = new TreeMap<>();
          long size = 0;
          for (Map.Entry<Path, String> file : new XmlStates(folder).states.entrySet()) {
            if (!file.getValue().equals(before.get(file.getKey()))) {
              size += Files.size(file.getKey());
              if (size > LARGEST) {
                throw new IOException("they are larger than 256 MiB");
              }
              String name = folder.relativize(file.getKey()).toString();
              files.put(name, Files.readAllBytes(file.getKey()));
            }
          }
          return files;
        });
  }

  /** Looks at all files of a folder that is there; links are not followed. */
  private static final class XmlStates extends SimpleFileVisitor<Path> {
    private final SortedMap<Path, String> states = new TreeMap<>();

    XmlStates(Path folder) throws IOException {
      Files.walkFileTree(folder, this);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && file.toString().endsWith(".xml")) {
        states.put(
            file,
            "%s %d %s"
                .formatted(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      // Removed meanwhile, or nobody's business.
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }
}
