package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.plan.TestenvChoice.Side;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.run.UpstreamTable.Row;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What suites of Samba's find in their environment, beside what Samba's own selftest gives them.
 */
class UpstreamVariablesTest {
  private static final Path FOLDER = Path.of("/run/warren/st/tmp/1");

  private final Catalogue catalogue = CatalogueReader.read(Path.of("../catalogue/samba"));
  private final UpstreamTable table = UpstreamTable.read();

  UpstreamVariablesTest() throws Exception {}

  @Test
  void aSuiteHasTheVariablesOfItsTestenvAndNoOthers() {
    for (TestenvDefinition testenv : catalogue.testenvs().values()) {
      compare(testenv.name(), environment(testenv, Side.CLIENT));
    }
  }

  @Test
  void aSuiteWithoutATestenvHasAConfigurationAndNothingOfAnyServer() {
    Map<String, String> environment = environment(List.of(), Optional.empty(), Side.CLIENT);

    compare("none", environment);
    assertThat(environment).containsEntry("SMB_CONF_PATH", "/etc/samba-client.conf");
  }

  /** Also where the testenv has no server of Samba's. */
  @Test
  void theConfigurationIsThere(@TempDir Path folder) throws Exception {
    String command = "echo $(cat $SMB_CONF_PATH) && ls -d /var/lib/client";
    LabOptions options =
        LabOptions.of(
                catalogue,
                folder.resolve("st"),
                folder.resolve("cache"),
                LabOpener.below(folder.resolve("labs")))
            .withSoftware(SoftwareChoice.INSTALLED);
    String plan = "-- TEST --\na\nnone\n%1$s\n-- TEST --\nb\ndns_hub\n%1$s\n".formatted(command);

    Tally tally =
        TestRun.execute(
            RunOptions.of(
                "plan", options, SambaPlanReader.parse("plan", plan, PlanRules.FORMAT_ONLY)),
            _ -> {});

    assertThat(tally.allOk()).isTrue();
    assertThat(folder.resolve("st/suites/a.log"))
        .content()
        .contains("\n[global] netbios name = client", "\n/var/lib/client\n");
    assertThat(folder.resolve("st/suites/b.log"))
        .content()
        .contains("\n[global] include = /etc/samba-client.conf\n");
  }

  @Test
  void aSuiteIsConfiguredAsItsSideIs() {
    TestenvDefinition server = catalogue.testenv("fileserver");

    assertThat(environment(server, Side.CLIENT))
        .containsEntry("SMB_CONF_PATH", "/run/warren/st/fileserver/client.conf");
    assertThat(environment(server, Side.LOCAL))
        .containsEntry("SMB_CONF_PATH", "/run/warren/st/fileserver/lib/server.conf");
    assertThat(environment(catalogue.testenv("dns_hub"), Side.LOCAL))
        .doesNotContainKey("SMB_CONF_PATH");
  }

  /** Those that upstream has of its build are there as well. */
  @Test
  void aBuildTreeGivesWhatUpstreamsBuildGives(@TempDir Path tree) throws Exception {
    for (String file :
        List.of(
            "source4/selftest/tests.py",
            "bin/smbd",
            "bin/samba",
            "bin/winbindd",
            "bin/smbtorture",
            "bin/python/samba/__init__.py")) {
      Files.createDirectories(tree.resolve(file).resolveSibling(""));
      Files.createFile(tree.resolve(file));
    }
    Path config = tree.resolve("bin/default/include/config.h");
    Files.createDirectories(config.resolveSibling(""));
    Files.writeString(
        config,
        "#define ENABLE_SELFTEST 1\nWINBINDD_SOCKET_DIR = '/usr/local/samba/var/run/winbindd'\n");
    Catalogue built = CatalogueReader.read(Path.of("../catalogue/samba"), Optional.of(tree));

    for (TestenvDefinition testenv : built.testenvs().values()) {
      Map<String, String> environment =
          environment(built, List.of(testenv.name()), Optional.of(testenv), Side.CLIENT);

      assertThat(environment)
          .as(testenv.name())
          .containsEntry("SRCDIR_ABS", tree.toString())
          .containsEntry("BINDIR", tree + "/bin")
          .containsEntry("PYTHONPATH", tree + "/bin/python")
          .containsEntry("CONFIG_H", config.toString())
          .containsKey("PERL");
      environment.keySet().removeAll(Set.of("PERL", "CONFIG_H"));
      if (testenv.name().equals("ad_member_idmap_ad")) {
        environment.keySet().removeIf(name -> name.startsWith("TRUST_"));
      }
      assertThat(environment.keySet())
          .as(testenv.name())
          .isEqualTo(environment(catalogue.testenv(testenv.name()), Side.CLIENT).keySet());
    }
  }

  /** What upstream takes away before each suite must not come from what all suites have. */
  @Test
  void nothingOfTheListComesFromElsewhereThanATestenv() {
    Set<String> common = new TreeSet<>(catalogue.environment().keySet());
    common.retainAll(table.names("list"));

    assertThat(common).isEmpty();
  }

  @Test
  void theTablesTestenvsExportNothingThatUpstreamsListLacks() {
    Set<String> known = table.names("list");
    known.add("SMB_CONF_PATH");
    for (TestenvDefinition testenv : catalogue.testenvs().values()) {
      assertThat(known).as(testenv.name()).containsAll(testenv.exports().keySet());
    }
  }

  @Test
  void everyDifferenceHasItsReasonInTheCataloguesPage() throws Exception {
    String page = Files.readString(Path.of("../catalogue/README.md"));
    String reasons = page.substring(page.indexOf("### Beside Samba's own selftest"));
    Set<String> untold = table.differing();
    untold.removeIf(name -> reasons.contains("`" + name + "`"));

    assertThat(untold).isEmpty();
  }

  /** Names exactly, and the values that are written down. */
  private void compare(String section, Map<String, String> environment) {
    List<Row> rows = new ArrayList<>(table.section("always"));
    rows.addAll(table.section(section));
    rows.removeIf(row -> !row.isWarrens());

    assertThat(environment.keySet())
        .as("the variables of %s", section)
        .containsExactlyInAnyOrderElementsOf(rows.stream().map(Row::name).toList());
    for (Row row : rows) {
      row.value()
          .ifPresent(value -> assertThat(environment).as(section).containsEntry(row.name(), value));
    }
  }

  private Map<String, String> environment(TestenvDefinition testenv, Side side) {
    return environment(List.of(testenv.name()), Optional.of(testenv), side);
  }

  private Map<String, String> environment(
      List<String> names, Optional<TestenvDefinition> testenv, Side side) {
    return environment(catalogue, names, testenv, side);
  }

  private static Map<String, String> environment(
      Catalogue testenvs, List<String> names, Optional<TestenvDefinition> testenv, Side side) {
    LabAssembly assembly =
        new LabAssembly(
            testenvs, testenvs.withNeeds(names), 65536, Optional.empty(), LabPaths.USUAL);
    ExpectedExports exports = new ExpectedExports(testenvs, assembly);
    Map<String, String> environment = new LinkedHashMap<>(Scripts.BASE_ENVIRONMENT);
    environment.putAll(
        SuiteEnvironment.of(
            assembly.suiteEnvironment(),
            testenv.map(one -> new SuiteEnvironment.Exported(one.name(), exports.of(one))),
            side,
            FOLDER,
            LabPaths.USUAL));
    return environment;
  }
}
