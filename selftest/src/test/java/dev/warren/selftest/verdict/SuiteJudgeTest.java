package dev.warren.selftest.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent.TestFinished;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteJudgeTest {

  /** Exit code, outcomes of the tests, outcome of the suite. */
  @ParameterizedTest
  @CsvSource({
    "0, SUCCESS SUCCESS, SUCCESS",
    "0, '', SUCCESS",
    "1, '', FAILURE",
    "1, SUCCESS, FAILURE",
    "1, SUCCESS XFAIL, XFAIL",
    "0, SUCCESS XFAIL, SUCCESS",
    "1, XFAIL FAILURE, FAILURE",
    "0, FAILURE, FAILURE",
    "0, ERROR FAILURE UXSUCCESS, ERROR",
    "1, XFAIL UXSUCCESS, UXSUCCESS",
    "0, UXSUCCESS FAILURE, FAILURE",
    "0, SKIP, SUCCESS",
  })
  void makesTheSuitesResultFromItsTests(int code, String tests, Outcome expected) {
    SuiteJudge judge = new SuiteJudge(FilterOptions.NONE, KnownFailures.NONE);
    int id = 0;
    for (String outcome : tests.isEmpty() ? new String[0] : tests.split(" ")) {
      judge.judge(finished("t" + id++, Outcome.valueOf(outcome)));
    }
    assertThat(judge.finish(new Exit.Code(code)).outcome()).isEqualTo(expected);
  }

  @Test
  void judgesUnderTheFullName() {
    SuiteJudge judge = new SuiteJudge(new FilterOptions("p.", "(e)", false), KnownFailures.NONE);
    assertThat(judge.judge(finished("t", Outcome.SUCCESS)).id()).isEqualTo("p.t(e)");
  }

  @Test
  void failsAnEmptySuiteWhereAsked() {
    SuiteJudge judge = new SuiteJudge(new FilterOptions("", "", true), KnownFailures.NONE);
    SuiteResult result = judge.finish(new Exit.Code(0));
    assertThat(result.outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(result.reason()).contains("no test was run");
  }

  @Test
  void makesAnErrorOfDeathBySignalEvenBesideAFailure() {
    SuiteJudge judge = new SuiteJudge(FilterOptions.NONE, KnownFailures.NONE);
    judge.judge(finished("t", Outcome.FAILURE));
    SuiteResult result = judge.finish(Exit.ofCode(139));
    assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
    assertThat(result.reason()).contains("died with signal 11\nfailure: 1");
  }

  @Test
  void makesAnErrorOfATimeLimit() {
    SuiteJudge judge = new SuiteJudge(FilterOptions.NONE, KnownFailures.NONE);
    assertThat(judge.finish(new Exit.TimeLimit(Duration.ofSeconds(3))))
        .isEqualTo(
            new SuiteResult(
                Outcome.ERROR, Optional.of("ended after its time limit of 3 s"), Counts.NONE));
  }

  private static TestFinished finished(String id, Outcome outcome) {
    return new TestFinished(id, outcome, Optional.empty());
  }
}
