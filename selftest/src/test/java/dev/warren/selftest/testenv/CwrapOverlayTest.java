package dev.warren.selftest.testenv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.Isolation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a catalogue says only under cwrap. */
class CwrapOverlayTest {
  private static final Path CATALOGUE = Path.of("src/test/resources/cwrap");

  @Test
  void isLaidOverTheRestUnderCwrap() throws Exception {
    Catalogue catalogue = CatalogueReader.read(CATALOGUE, Optional.empty(), Isolation.CWRAP);
    assertThat(catalogue.testenv("web").needNames()).isEmpty();
    assertThat(greeting(catalogue)).isEqualTo("under cwrap");
    HostDescription client = catalogue.client().host().description();
    assertThat(client.fileSystem().privateDirectories()).isEmpty();
  }

  @Test
  void takesAwayWhatItHasNothingFor() throws Exception {
    Catalogue catalogue = CatalogueReader.read(CATALOGUE, Optional.empty(), Isolation.CWRAP);
    HostDescription client = catalogue.client().host().description();
    assertThat(client.accounts().nsswitch()).isEmpty();
  }

  @Test
  void countsForNothingInNamespaces() throws Exception {
    Catalogue catalogue = CatalogueReader.read(CATALOGUE);
    assertThat(catalogue.testenv("web").needNames()).containsExactly("router");
    assertThat(greeting(catalogue)).isEqualTo("of namespaces");
    HostDescription client = catalogue.client().host().description();
    assertThat(client.fileSystem().privateDirectories()).hasSize(1);
    assertThat(client.accounts().nsswitch()).containsEntry("passwd", "files other");
  }

  /** Templates are known by what they become. */
  private static String greeting(Catalogue catalogue) {
    return new Scope(Map.of(), catalogue.testenv("web").variables(), Map.of())
        .environmentWithoutNeeds()
        .getOrDefault("GREETING", "");
  }
}
