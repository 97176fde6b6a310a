package dev.warren.selftest.testenv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.verdict.FailurePatterns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Warren brings along has no mistakes. */
class ShippedCatalogueTest {
  private static final Path SAMBA = Path.of("../catalogue/samba");

  @Test
  void thePlanFitsTheCatalogue() throws Exception {
    Catalogue catalogue = CatalogueReader.read(SAMBA);
    Plan plan =
        SambaPlanReader.read(
            SAMBA.resolve("plans/quick.plan"), PlanRules.strict(catalogue.testenvs().keySet()));
    assertThat(plan.suites())
        .hasSizeGreaterThanOrEqualTo(15)
        .allMatch(suite -> suite.command().filter().isPresent());
    assertThat(plan.suites()).extracting(Suite::testenv).doesNotContainNull();
    assertThat(plan.testenvs()).contains("ad_dc", "vampire_dc", "fileserver");
  }

  @Test
  void everyPlanFitsTheCatalogue() throws Exception {
    Catalogue catalogue = CatalogueReader.read(SAMBA);
    for (Path plan : plans(".plan")) {
      assertThat(SambaPlanReader.read(plan, PlanRules.strict(catalogue.names())).suites())
          .as("the suites of %s", plan)
          .isNotEmpty();
    }
  }

  @Test
  void onePlanNamesEveryTestenvThatNeedsNoBackup() throws Exception {
    Catalogue catalogue = CatalogueReader.read(SAMBA);
    Plan plan =
        SambaPlanReader.read(
            SAMBA.resolve("plans/testenvs.plan"), PlanRules.strict(catalogue.names()));
    assertThat(plan.suites())
        .extracting(suite -> suite.testenv().testenv())
        .containsExactlyElementsOf(
            catalogue.testenvs().values().stream()
                .filter(testenv -> !testenv.fromBackup())
                .map(TestenvDefinition::name)
                .toList());
    assertThat(plan.suites())
        .allSatisfy(
            suite -> assertThat(suite.name()).isEqualTo("warren.testenv(" + suite.testenv() + ")"));
  }

  @Test
  void theTestenvsOfThatPlanHaveTheVariableThatItAsksFor() throws Exception {
    assertThat(CatalogueReader.read(SAMBA).testenvs().values())
        .allSatisfy(testenv -> assertThat(testenv.exports()).containsKey("SERVER_IP"));
  }

  @Test
  void theKnownFailuresAreExpressions() throws Exception {
    for (Path list : plans(".knownfail")) {
      assertThat(FailurePatterns.read(List.of(list)).patterns())
          .allSatisfy(pattern -> assertThat(pattern.reason()).isNotEmpty());
    }
  }

  private static List<Path> plans(String ending) throws IOException {
    try (Stream<Path> files = Files.list(SAMBA.resolve("plans"))) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
