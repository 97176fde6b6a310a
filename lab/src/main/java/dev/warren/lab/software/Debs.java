package dev.warren.lab.software;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Unpacks Debian packages into a folder, in the layout of a machine with a merged /usr. */
final class Debs {
  private static final Duration UNPACK_LIMIT = Duration.ofMinutes(10);

  /** What a merged /usr has taken in (Debian 12 and later, and all their derivatives). */
  private static final List<String> MERGED =
      List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

  private Debs() {}

  /** Adds the files of a package to a folder; no script of the package runs. */
  static void unpack(Path archive, Path folder) throws IOException, InterruptedException {
    // Not dpkg-deb -x: as a namespace's root it hands files to owners that the namespace may lack.
    Tool.Result result =
        Tool.run(
            UNPACK_LIMIT,
            List.of(
                List.of("dpkg-deb", "--fsys-tarfile", archive.toString()),
                List.of(
                    "tar",
                    "--extract",
                    "--no-same-owner",
                    "--preserve-permissions",
                    "--directory",
                    folder.toString())),
            Map.of());
    if (!result.isOk()) {
      throw new SoftwareException(
          "unpacking %s: %s".formatted(archive, result.output().strip().replace('\n', ' ')));
    }
    for (String name : MERGED) {
      Path old = folder.resolve(name);
      if (Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS)) {
        move(old, folder.resolve("usr").resolve(name));
      }
    }
  }

  /** Moves a folder's content into another one; what is there already gives way. */
  private static void move(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(folder));
            if (!Files.isDirectory(target)) {
              Files.createDirectory(target);
              Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(folder));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(file));
            Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
