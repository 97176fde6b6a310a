package dev.warren.selftest.testenv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.verdict.FailurePatterns;
import java.nio.file.Path;
import java.util.List;
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
  void theKnownFailuresAreExpressions() throws Exception {
    assertThat(FailurePatterns.read(List.of(SAMBA.resolve("plans/quick.knownfail"))).patterns())
        .allSatisfy(pattern -> assertThat(pattern.reason()).isNotEmpty());
  }
}
