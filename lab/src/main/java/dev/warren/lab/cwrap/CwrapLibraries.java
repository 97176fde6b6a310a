package dev.warren.lab.cwrap;

import dev.warren.lab.software.PackageLayer;
import dev.warren.lab.software.PackageSource;
import dev.warren.lab.software.SoftwareException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The four preloaded libraries.
 *
 * @param files in the order in which they are preloaded
 */
public record CwrapLibraries(List<Path> files) {
  /** What they are called, and on many systems their packages. */
  public static final List<String> NAMES =
      List.of("socket_wrapper", "nss_wrapper", "resolv_wrapper", "uid_wrapper");

  /** As Debian calls them; elsewhere they are called as their libraries are. */
  public static final List<String> PACKAGES =
      List.of("libsocket-wrapper", "libnss-wrapper", "libresolv-wrapper", "libuid-wrapper");

  /** Where loaders look, ld.so(8) and FreeBSD's rtld(1). */
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("/usr/local/lib"), Path.of("/usr/lib64"), Path.of("/usr/lib"), Path.of("/lib"));

  /** What Debian's multiarch puts below /usr/lib: {@code x86_64-linux-gnu}. */
  private static final String MULTIARCH = "*-*-*";

  /** Copies. */
  public CwrapLibraries {
    files = List.copyOf(files);
  }

  /** The machine's own, as the loader finds them; empty when one is missing. */
  public static Optional<CwrapLibraries> installed() {
    Stream<Path> chosen =
        Stream.of(System.getenv().getOrDefault("LD_LIBRARY_PATH", "").split(":", -1))
            .filter(folder -> folder.startsWith("/"))
            .map(Path::of);
    return in(Stream.concat(chosen, FOLDERS.stream()).toList());
  }

  /** The remedy where they are missing. */
  public static String remedy() {
    return "install cwrap's libraries: `apt-get install %s`, or the packages %s of your system"
        .formatted(String.join(" ", PACKAGES), String.join(", ", NAMES));
  }

  /**
   * The machine's own, else fetched.
   *
   * @throws CwrapException when they cannot be had, saying what helps
   */
  public static CwrapLibraries get(PackageSource packages) throws IOException {
    Optional<CwrapLibraries> installed = installed();
    if (installed.isPresent()) {
      return installed.get();
    }
    try {
      Optional<Path> layer = PackageLayer.of(PACKAGES, packages);
      return layer
          .flatMap(folder -> in(List.of(folder.resolve("usr/lib"))))
          .orElseThrow(() -> new CwrapException("cwrap's libraries are not here: " + remedy()));
    } catch (SoftwareException failure) {
      throw new CwrapException(
          "cwrap's libraries are not here, and cannot be fetched (%s): %s"
              .formatted(failure.getMessage(), remedy()));
    }
  }

  private static Optional<CwrapLibraries> in(List<Path> folders) {
    List<Path> found = new ArrayList<>();
    for (String name : NAMES) {
      candidates(folders).stream()
          .map(folder -> folder.resolve("lib" + name + ".so"))
          .filter(Files::isRegularFile)
          .findFirst()
          .ifPresent(found::add);
    }
    return found.size() == NAMES.size() ? Optional.of(new CwrapLibraries(found)) : Optional.empty();
  }

  private static List<Path> candidates(List<Path> folders) {
    List<Path> all = new ArrayList<>();
    for (Path folder : folders) {
      all.add(folder);
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> below = Files.newDirectoryStream(folder, MULTIARCH)) {
          below.forEach(all::add);
        } catch (IOException unreadable) {
          // Then it has none for us.
        }
      }
    }
    return all;
  }

  /** What LD_PRELOAD has to say. */
  String preload() {
    return files.stream().map(Path::toString).collect(Collectors.joining(":"));
  }
}
