package dev.warren.lab.software;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class SoftwareTest {
  @TempDir Path cache;
  private final List<String> progress = new ArrayList<>();

  @Test
  void needsNothingForNoPackages() throws Exception {
    assertThat(software("").layer(List.of(), SoftwareChoice.PACKAGES)).isEmpty();
  }

  @Test
  void takesTheMachineAsItIsWhenTold() throws Exception {
    assertThat(software("").layer(List.of("nothing-such"), SoftwareChoice.INSTALLED)).isEmpty();
  }

  @Test
  void takesTheMachineWhereItHasAllPackages() throws Exception {
    Software software = software("Package: a\nStatus: install ok installed\n");
    assertThat(software.layer(List.of("a"), SoftwareChoice.AUTO)).isEmpty();
    assertThat(progress).isEmpty();
  }

  @Test
  void startsNoAptWhenNothingChanged() throws Exception {
    Path status = Files.writeString(cache.resolve("status"), "Package: x\n");
    Layers layers = new Layers(cache);
    Path layer = layers.layer("k", folder -> {});
    String request = Digests.of("1\n" + new DpkgStatus(status).digest() + "\n[a, b]");
    layers.remember(request, new Layers.Answer(Optional.of(layer)));
    assertThat(
            new Software(cache, status, Map.of(), progress::add)
                .layer(List.of("b", "a"), SoftwareChoice.AUTO))
        .contains(layer);
    assertThat(progress).isEmpty();
  }

  /** Needs a network with a Debian archive. */
  @Test
  @EnabledIfSystemProperty(named = "warren.network", matches = "true")
  void fetchesAPackageForReal() throws Exception {
    Software software = new Software(cache.resolve("new"), progress::add);
    Path layer = software.layer(List.of("hello"), SoftwareChoice.PACKAGES).orElseThrow();
    assertThat(layer.resolve("usr/bin/hello")).isExecutable();
    assertThat(progress).contains("unpacking 1 packages");
    progress.clear();
    assertThat(software.layer(List.of("hello"), SoftwareChoice.PACKAGES)).contains(layer);
    assertThat(progress).isEmpty();
  }

  @Test
  void takesTheNewVersionWhenTheArchiveHasMovedOn() throws Exception {
    Path archive = Files.createDirectory(cache.resolve("archive"));
    Path old = new FakeDeb(cache, "thing", "1.0").file("usr/old", "").build(archive);
    Path packages = Files.writeString(archive.resolve("Packages"), entry("1.0", old));
    Files.delete(old);
    Path current = new FakeDeb(cache, "thing", "2.0").file("usr/new", "").build(archive);
    String update = entry("2.0", current);
    Consumer<String> moveOn =
        missing -> {
          if (missing.equals("thing_1.0_all.deb")) {
            write(packages, update);
          }
        };
    try (FakeArchive server = new FakeArchive(archive, moveOn)) {
      Software software = software("", server.settings(cache));
      Path layer = software.layer(List.of("thing"), SoftwareChoice.PACKAGES).orElseThrow();
      assertThat(layer.resolve("usr/new")).exists();
      assertThat(layer.resolve("packages")).hasContent("thing_2.0_all.deb");
      progress.clear();
      assertThat(software.layer(List.of("thing"), SoftwareChoice.PACKAGES)).contains(layer);
      assertThat(progress).isEmpty();
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String entry(String version, Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return """
    Package: thing
    Version: %s
    Architecture: all
    Filename: ./%s
    Size: %d
    SHA256: %s
    """
        .formatted(version, file.getFileName(), Files.size(file), HexFormat.of().formatHex(digest));
  }

  @Test
  void keepsItsCacheWhereTheUserHasCaches() {
    assertThat(Software.defaultCache(Map.of("HOME", "/home/ada")))
        .isEqualTo(Path.of("/home/ada/.cache/warren"));
    assertThat(Software.defaultCache(Map.of("XDG_CACHE_HOME", "/c", "HOME", "/home/ada")))
        .isEqualTo(Path.of("/c/warren"));
    assertThat(Software.defaultCache(Map.of("XDG_CACHE_HOME", "c", "HOME", "/home/ada")))
        .isEqualTo(Path.of("/home/ada/.cache/warren"));
  }

  private Software software(String status) throws Exception {
    return software(status, Map.of());
  }

  private Software software(String status, Map<String, String> apt) throws Exception {
    return new Software(
        cache, Files.writeString(cache.resolve("status"), status), apt, progress::add);
  }
}
