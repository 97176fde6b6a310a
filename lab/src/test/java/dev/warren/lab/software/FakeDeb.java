package dev.warren.lab.software;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes packages that a test unpacks. */
final class FakeDeb {
  private final Path tree;
  private final String name;
  private final String version;

  FakeDeb(Path work, String name) throws IOException {
    this(work, name, "1.0");
  }

  FakeDeb(Path work, String name, String version) throws IOException {
    this.name = name;
    this.version = version;
    tree = Files.createDirectories(work.resolve(name + ".tree"));
  }

  FakeDeb file(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
    return this;
  }

  FakeDeb link(String path, String target) throws IOException {
    Files.createDirectories(tree.resolve(path).resolveSibling("."));
    Files.createSymbolicLink(tree.resolve(path), Path.of(target));
    return this;
  }

  Path build(Path folder) throws IOException, InterruptedException {
    file(
        "DEBIAN/control",
        """
        Package: %s
        Version: %s
        Architecture: all
        Maintainer: Nobody <nobody@example.test>
        Description: for a test
        """
            .formatted(name, version));
    Path archive = folder.resolve(name + "_" + version + "_all.deb");
    Tool.Result result =
        Tool.run(
            Duration.ofMinutes(1),
            List.of(
                List.of(
                    "dpkg-deb",
                    "--root-owner-group",
                    "--build",
                    tree.toString(),
                    archive.toString())),
            Map.of());
    if (!result.isOk()) {
      throw new IOException(result.output());
    }
    return archive;
  }
}
