package dev.warren.lab.software;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Gets the programs that hosts need, without installing anything: Debian packages are fetched by
 * apt as any user, checked by apt's own signatures, and unpacked into a layer that hosts lay over
 * their /usr. Several Warrens may share a cache.
 */
public final class Software {
  /** Changes when layers are made differently. */
  private static final String FORMAT = "1";

  /** The file of a layer that lists its archives. */
  static final String CONTENT = "packages";

  private static final Path DPKG_STATUS = Path.of("/var/lib/dpkg/status");

  private final Path cache;
  private final DpkgStatus installed;
  private final Path statusFile;
  private final Map<String, String> aptSettings;
  private final Consumer<String> progress;

  /**
   * The software in a cache.
   *
   * @param cache the folder, made when first needed
   * @param progress is told in a line what takes time
   */
  public Software(Path cache, Consumer<String> progress) {
    this(cache, DPKG_STATUS, Map.of(), progress);
  }

  Software(
      Path cache, Path statusFile, Map<String, String> aptSettings, Consumer<String> progress) {
    this.cache = cache;
    this.statusFile = statusFile;
    this.aptSettings = aptSettings;
    this.installed = new DpkgStatus(statusFile);
    this.progress = progress;
  }

  /**
   * The cache that a user has unless told otherwise: {@code warren} below the XDG cache folder. As
   * the XDG base directory specification has it, a relative one counts as not set.
   */
  public static Path defaultCache(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        xdg.startsWith("/")
            ? Path.of(xdg)
            : Path.of(environment.getOrDefault("HOME", "/root"), ".cache");
    return base.resolve("warren");
  }

  /**
   * The layer to lay over the machine's folders so that these packages, and all that they depend
   * on, are there. When nothing has changed since an earlier call this only reads two files.
   *
   * @return a folder with {@code usr} and maybe {@code etc}; empty when the machine has all
   * @throws SoftwareException when there is no apt, no network or no such package
   */
  public Optional<Path> layer(Collection<String> packages, SoftwareChoice choice)
      throws IOException, InterruptedException {
    SortedSet<String> wanted = new TreeSet<>(packages);
    if (wanted.isEmpty() || !needsPackages(wanted, choice)) {
      return Optional.empty();
    }
    if (!Tool.exists("apt-get") || !Tool.exists("dpkg-deb")) {
      throw new SoftwareException(
          "fetching the packages %s: this machine has no apt: install their programs in its own way and use --software=installed"
              .formatted(String.join(" ", wanted)));
    }
    Files.createDirectories(cache);
    Layers layers = new Layers(cache);
    String request = Digests.of(FORMAT + "\n" + installed.digest() + "\n" + wanted);
    Optional<Layers.Answer> known = layers.recall(request);
    if (known.isPresent()) {
      return known.get().layer();
    }
    try (CacheLock _ = CacheLock.take(cache.resolve("lock"), progress)) {
      // Another Warren may have answered meanwhile; then this finds all in place.
      Layers.Answer answer = new Layers.Answer(build(layers, wanted));
      layers.remember(request, answer);
      return answer.layer();
    }
  }

  /** The packages of hosts, taken from here. */
  public PackageSource source(SoftwareChoice choice) {
    return packages -> layer(packages, choice);
  }

  private boolean needsPackages(Collection<String> wanted, SoftwareChoice choice)
      throws IOException {
    return switch (choice) {
      case INSTALLED -> false;
      case PACKAGES -> true;
      case AUTO -> installed.exists() && !installed.hasAll(wanted);
    };
  }

  private Optional<Path> build(Layers layers, SortedSet<String> wanted)
      throws IOException, InterruptedException {
    Apt apt =
        new Apt(Files.createDirectories(cache.resolve("apt")), statusFile, aptSettings, progress);
    List<Apt.Archive> found = apt.resolve(wanted);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> known = layers.find(key(found));
    if (known.isPresent()) {
      return known;
    }
    progress.accept(
        String.format(
            Locale.ROOT,
            "fetching %d packages, %.1f MB",
            found.size(),
            found.stream().mapToLong(Apt.Archive::size).sum() / 1e6));
    List<Apt.Archive> archives = apt.fetch(wanted, found);
    return Optional.of(
        layers.layer(
            key(archives),
            folder -> {
              progress.accept("unpacking " + archives.size() + " packages");
              for (Apt.Archive archive : archives) {
                Debs.unpack(apt.archives().resolve(archive.file()), folder);
              }
              Files.writeString(folder.resolve(CONTENT), content(archives) + "\n");
            }));
  }

  private static String key(List<Apt.Archive> archives) {
    return Digests.of(FORMAT + "\n" + content(archives));
  }

  /** What is in a layer: the files' names hold name, version and architecture. */
  private static String content(List<Apt.Archive> archives) {
    return archives.stream().map(Apt.Archive::file).sorted().collect(Collectors.joining("\n"));
  }
}
