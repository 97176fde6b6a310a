package dev.warren.selftest.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.source.Position;
import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.subunit.SubunitEvent.TestFinished;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteJudgeTest {

  /** Exit code, what the tests say (KNOWN: a failure that is known), outcome of the suite. */
  @ParameterizedTest
  @CsvSource({
    "0, SUCCESS SUCCESS, SUCCESS",
    "0, '', SUCCESS",
    "1, '', FAILURE",
    "1, SUCCESS, FAILURE",
    "1, SUCCESS KNOWN, XFAIL",
    "0, SUCCESS KNOWN, XFAIL",
    "1, KNOWN FAILURE, FAILURE",
    "1, SUCCESS XFAIL, FAILURE",
    "0, SUCCESS XFAIL, SUCCESS",
    "0, FAILURE, FAILURE",
    "0, ERROR FAILURE UXSUCCESS, ERROR",
    "1, KNOWN UXSUCCESS, UXSUCCESS",
    "0, UXSUCCESS FAILURE, FAILURE",
    "0, SKIP, SUCCESS",
  })
  void makesTheSuitesResultFromItsTests(int code, String tests, Outcome expected) {
    SuiteJudge judge = new SuiteJudge(FilterOptions.NONE, knowing("known"));
    int id = 0;
    for (String said : tests.isEmpty() ? new String[0] : tests.split(" ")) {
      boolean known = said.equals("KNOWN");
      judge.judge(
          finished(
              (known ? "known" : "t") + id++, known ? Outcome.FAILURE : Outcome.valueOf(said)));
    }
    assertThat(judge.finish(new Exit.Code(code)).outcome()).isEqualTo(expected);
  }

  @Test
  void failsWithASuiteWithinIt() {
    SuiteJudge judge = new SuiteJudge(FilterOptions.NONE, KnownFailures.NONE);
    judge.judge(new SubunitEvent.SuiteStarted("inner"));
    judge.judge(new SubunitEvent.SuiteFinished("inner", Outcome.FAILURE, Optional.empty()));
    assertThat(judge.finish(new Exit.Code(0)).outcome()).isEqualTo(Outcome.FAILURE);
  }

  @Test
  void makesTheResultOfASuiteWithinItFromItsTests() {
    SuiteJudge judge = new SuiteJudge(FilterOptions.NONE, knowing("known"));
    judge.judge(finished("other", Outcome.ERROR));
    judge.judge(new SubunitEvent.SuiteStarted("inner"));
    judge.judge(finished("known", Outcome.FAILURE));
    assertThat(
            judge.judge(new SubunitEvent.SuiteFinished("inner", Outcome.SUCCESS, Optional.empty())))
        .isEqualTo(new SubunitEvent.SuiteFinished("inner", Outcome.XFAIL, Optional.empty()));
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

  private static KnownFailures knowing(String expression) {
    return new KnownFailures(
        new FailurePatterns(
            List.of(
                new FailurePattern(
                    PythonExpression.compile(expression), "", Position.of("knownfail")))),
        FailurePatterns.NONE);
  }

  private static TestFinished finished(String id, Outcome outcome) {
    return new TestFinished(id, outcome, Optional.empty());
  }
}
