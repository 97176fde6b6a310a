package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.description.Isolation;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of the shipped testenvs can be under cwrap. */
class CwrapFitTest {
  private static final Path SAMBA = Path.of("../catalogue/samba");

  @Test
  void letsSambasStandaloneServersBeUnderCwrap() throws Exception {
    Catalogue catalogue = CatalogueReader.read(SAMBA, Optional.empty(), Isolation.CWRAP);
    List<String> fit = new ArrayList<>();
    for (TestenvDefinition testenv : catalogue.testenvs().values()) {
      if (missing(catalogue, testenv.name()).isEmpty()) {
        fit.add(testenv.name());
      }
    }
    assertThat(fit)
        .containsExactlyInAnyOrder("fileserver", "fileserver_smb1", "maptoguest", "simpleserver");
  }

  @Test
  void saysInOneLineWhatTheOthersNeed() throws Exception {
    Catalogue catalogue = CatalogueReader.read(SAMBA, Optional.empty(), Isolation.CWRAP);
    assertThat(missing(catalogue, "ad_member"))
        .map(PartMissingException::reason)
        .contains(
            "the testenv ad_member needs namespaces (winbind in its nsswitch.conf), which is not here");
    assertThat(missing(catalogue, "ad_dc"))
        .map(PartMissingException::reason)
        .contains(
            "the testenv ad_dc needs namespaces (DNS zones of its own, private directories,"
                + " a resolver of its own, winbind in its nsswitch.conf), which is not here");
  }

  private static Optional<PartMissingException> missing(Catalogue catalogue, String testenv)
      throws IOException {
    LabAssembly assembly =
        new LabAssembly(
            catalogue,
            catalogue.withNeeds(List.of(testenv)),
            CwrapFit.IDS,
            Optional.empty(),
            LabPaths.onMachine(Path.of("/lab"), catalogue.folder(), Optional.empty()));
    return CwrapFit.missing(assembly, "lab");
  }
}
