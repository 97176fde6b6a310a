package dev.warren.selftest.software;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            new Software(cache, status, progress::add)
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
  void keepsItsCacheWhereTheUserHasCaches() {
    assertThat(Software.defaultCache(Map.of("HOME", "/home/ada")))
        .isEqualTo(Path.of("/home/ada/.cache/warren"));
    assertThat(Software.defaultCache(Map.of("XDG_CACHE_HOME", "/c", "HOME", "/home/ada")))
        .isEqualTo(Path.of("/c/warren"));
    assertThat(Software.defaultCache(Map.of("XDG_CACHE_HOME", "c", "HOME", "/home/ada")))
        .isEqualTo(Path.of("/home/ada/.cache/warren"));
  }

  private Software software(String status) throws Exception {
    return new Software(cache, Files.writeString(cache.resolve("status"), status), progress::add);
  }
}
