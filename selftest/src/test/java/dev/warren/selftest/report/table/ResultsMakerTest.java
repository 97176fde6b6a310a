package dev.warren.selftest.report.table;

import static dev.warren.selftest.report.table.Runs.ALL_IDS;
import static dev.warren.selftest.report.table.Runs.knownFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.report.table.Results.KnownFailure;
import dev.warren.selftest.report.table.Results.Range;
import dev.warren.selftest.report.table.Results.SuiteCell;
import dev.warren.selftest.report.table.Results.SuiteRow;
import dev.warren.selftest.report.table.Results.TestenvCell;
import dev.warren.selftest.report.table.Results.TestenvRow;
import dev.warren.selftest.report.table.Results.Totals;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsMakerTest {
  @TempDir private Path folder;
  private int folders;

  @ParameterizedTest
  @CsvSource({"4294967295, ROOT", "65536, USER", "1, ONE_ID"})
  void theIdsTellByWhomARunWasMade(long ids, Account account) throws IOException {
    assertThat(run(ids).whole().account()).isEqualTo(account);
  }

  @Test
  void aRunOfAnEarlierWarrenDoesNotTellByWhomItWasMade() throws IOException {
    assertThat(Runs.ofOldWarren(next()).whole().account()).isEqualTo(Account.UNKNOWN);
  }

  @Test
  void aTestenvHasTheMedianOfItsTimesColdAndFromItsSnapshot() throws IOException {
    RunRecord cold = run(ALL_IDS).ready("a", 10, false).ready("a", 30, false).whole();
    RunRecord warm = run(ALL_IDS).ready("a", 12, false).ready("a", 2, true).whole();
    assertThat(cell(cold, warm))
        .isEqualTo(
            new TestenvCell(
                Verdict.PASSED,
                Optional.of(Duration.ofSeconds(12)),
                Optional.of(Duration.ofSeconds(2)),
                0,
                ""));
  }

  @Test
  void rootAndOrdinaryUsersHaveCellsOfTheirOwn() throws IOException {
    TestenvRow row =
        testenv(run(ALL_IDS).ready("a", 1, false).whole(), run(65_536).fails("a", "no").whole());
    assertThat(row.cells()).containsOnlyKeys(Account.ROOT, Account.USER);
    assertThat(row.cells().get(Account.USER))
        .isEqualTo(new TestenvCell(Verdict.FAILED, Optional.empty(), Optional.empty(), 1, "no"));
  }

  @Test
  void aTestenvThatFailedOnceComesUpAllTheSame() throws IOException {
    TestenvCell cell = cell(run(ALL_IDS).fails("a", "no").ready("a", 1, false).whole());
    assertThat(cell.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(cell.failures()).isOne();
  }

  @Test
  void aTestenvAllOfWhoseSuitesWereSkippedWasSkippedForTheirReason() throws IOException {
    TestenvCell cell = cell(run(ALL_IDS).skips("x", "a", "needs ntvfs").whole());
    assertThat(cell)
        .isEqualTo(
            new TestenvCell(Verdict.SKIPPED, Optional.empty(), Optional.empty(), 0, "needs ntvfs"));
  }

  @Test
  void aTestenvFailsForWhatItNeeds() throws IOException {
    SuiteResult result =
        new SuiteResult(Outcome.ERROR, Optional.of("the testenv b failed: no"), Counts.NONE);
    TestenvCell cell = cell(run(ALL_IDS).begins("x", "a").ends("x", "a", result).whole());
    assertThat(cell.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(cell.reason()).isEqualTo("the testenv b failed: no");
  }

  @Test
  void suitesWithoutATestenvMakeNoTestenv() throws IOException {
    Results results =
        ResultsMaker.of(List.of(run(ALL_IDS).suite("x", "none", Outcome.SUCCESS).whole()));
    assertThat(results.testenvs()).isEmpty();
    assertThat(results.suites()).extracting(SuiteRow::testenv).containsExactly("none");
  }

  @Test
  void aSuiteTellsWhatPassedAndWhatIsKnownToFail() throws IOException {
    RunRecord run =
        run(ALL_IDS)
            .suite(
                "x",
                "a:local",
                new TestVerdict("x.1", Outcome.SUCCESS, Optional.empty(), Optional.empty()),
                knownFailure("x.2", "bug 1"),
                knownFailure("x.3", "bug 2"),
                knownFailure("x.4", "bug 1"),
                new TestVerdict("x.5", Outcome.SKIP, Optional.empty(), Optional.empty()))
            .whole();
    assertThat(suite(run))
        .isEqualTo(
            new SuiteRow(
                "a",
                "x",
                new Range(1, 1),
                1,
                List.of(new KnownFailure("bug 1", 2), new KnownFailure("bug 2", 1)),
                Map.of(Account.ROOT, new SuiteCell(Verdict.PASSED, 1, 0, ""))));
  }

  @Test
  void aTestThatFailsAsKnownInEveryRunCountsOnce() throws IOException {
    RunRecord[] runs = new RunRecord[2];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = run(ALL_IDS).suite("x", "a", knownFailure("x.1", "bug")).whole();
    }
    assertThat(suite(runs).knownFailures()).containsExactly(new KnownFailure("bug", 1));
  }

  @Test
  void aFailureThatTheTestExpectsByItselfSaysSo() throws IOException {
    assertThat(suite(run(ALL_IDS).suite("x", "a", Outcome.XFAIL).whole()).knownFailures())
        .containsExactly(new KnownFailure("the test itself expects it", 1));
  }

  @Test
  void aSuiteThatFailedInOneRunFailed() throws IOException {
    SuiteRow row =
        suite(
            run(ALL_IDS).suite("x", "a", Outcome.SUCCESS, Outcome.SUCCESS).whole(),
            run(ALL_IDS).suite("x", "a", Outcome.SUCCESS, Outcome.FAILURE).whole());
    assertThat(row.passed()).isEqualTo(new Range(1, 2));
    assertThat(row.cells())
        .containsExactly(
            Map.entry(Account.ROOT, new SuiteCell(Verdict.FAILED, 2, 1, "1 of 2 tests")));
  }

  @Test
  void aSuiteThatRanInOneRunWasNotSkipped() throws IOException {
    SuiteRow row =
        suite(
            run(ALL_IDS).skips("x", "a", "--exclude").whole(),
            run(ALL_IDS).suite("x", "a", Outcome.SUCCESS).whole());
    assertThat(row.cells())
        .containsExactly(Map.entry(Account.ROOT, new SuiteCell(Verdict.PASSED, 1, 0, "")));
  }

  @Test
  void aSuiteThatWasRunningWhenTheRunWasKilledFailed() throws IOException {
    RunRecord run = run(ALL_IDS).begins("x", "a").asFarAsItCame();
    assertThat(run.complete()).isFalse();
    assertThat(suite(run).cells().values())
        .containsExactly(new SuiteCell(Verdict.FAILED, 1, 1, "it did not come to its end"));
  }

  @Test
  void totalsCountWhatBecameOfEach() throws IOException {
    RunRecord run =
        run(ALL_IDS)
            .ready("a", 1, false)
            .suite("x", "a", Outcome.SUCCESS)
            .suite("y", "a", Outcome.FAILURE)
            .skips("z", "b", "needs ntvfs")
            .whole();
    assertThat(ResultsMaker.of(List.of(run)).totals())
        .containsExactly(
            Map.entry(
                Account.ROOT,
                new Totals(
                    Map.of(Verdict.PASSED, 1, Verdict.SKIPPED, 1),
                    Map.of(Verdict.PASSED, 1, Verdict.FAILED, 1, Verdict.SKIPPED, 1))));
  }

  private static TestenvCell cell(RunRecord... runs) {
    return testenv(runs).cells().values().iterator().next();
  }

  private static TestenvRow testenv(RunRecord... runs) {
    return ResultsMaker.of(List.of(runs)).testenvs().getFirst();
  }

  private static SuiteRow suite(RunRecord... runs) {
    return ResultsMaker.of(List.of(runs)).suites().getFirst();
  }

  private Runs run(long ids) {
    return Runs.of(next(), ids);
  }

  private Path next() {
    folders++;
    return folder.resolve("st" + folders);
  }
}
