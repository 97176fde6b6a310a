package dev.warren.selftest.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.report.compare.RunOutcomes;
import dev.warren.selftest.report.table.Agreement.Difference;
import dev.warren.selftest.report.table.Agreement.Share;
import dev.warren.selftest.verdict.FailurePatterns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementMakerTest {
  @TempDir private Path folder;
  private int files;

  @Test
  void countsTheSuitesOnWhichBothSayTheSame() throws IOException {
    Agreement agreement =
        AgreementMaker.of(
            List.of(run("a(x)", "success", "b(x)", "failure", "c", "success", "d", "success")),
            List.of(run("a(x)", "success", "b(x)", "error", "c", "failure", "e", "success")),
            FailurePatterns.NONE);
    assertThat(agreement.testenvs())
        .containsEntry("x", new Share(2, 2))
        .containsEntry("none", new Share(0, 1));
    assertThat(agreement.suites()).isEqualTo(new Share(2, 3));
    assertThat(agreement.onlyOurs()).isEqualTo(1);
    assertThat(agreement.onlyTheirs()).isEqualTo(1);
    assertThat(agreement.differences()).extracting(Difference::suite).containsExactly("c");
  }

  @Test
  void takesAKnownFailureForASuccess() throws IOException {
    Agreement agreement =
        AgreementMaker.of(
            List.of(stream("testsuite: a\ntest: t\nxfail: t\ntestsuite-success: a\n")),
            List.of(run("a", "success")),
            FailurePatterns.NONE);
    assertThat(agreement.differences()).isEmpty();
  }

  @Test
  void namesTheTestsThatMakeTheDifference() throws IOException {
    Agreement agreement =
        AgreementMaker.of(
            List.of(
                stream(
                    "testsuite: a\ntest: t\nsuccess: t\ntest: u\nsuccess: u\ntestsuite-success: a\n")),
            List.of(
                stream(
                    "testsuite: a\ntest: t\nsuccess: t\ntest: u\nfailure: u\ntestsuite-failure: a\n")),
            FailurePatterns.NONE);
    assertThat(agreement.differences().getFirst().tests()).containsExactly("u");
    assertThat(agreement.tests()).isEqualTo(new Share(1, 2));
  }

  @Test
  void judgesASuiteByItsLastRun() throws IOException {
    Agreement agreement =
        AgreementMaker.of(
            List.of(run("a", "success")),
            List.of(run("a", "failure"), run("a", "success")),
            FailurePatterns.NONE);
    assertThat(agreement.suites()).isEqualTo(new Share(1, 1));
  }

  @Test
  void leavesOutWhatRanToNoEnd() throws IOException {
    Agreement agreement =
        AgreementMaker.of(
            List.of(stream("testsuite: a\ntestsuite-success: a\ntestsuite: b\ntest: t\n")),
            List.of(run("a", "success", "b", "success")),
            FailurePatterns.NONE);
    assertThat(agreement.suites()).isEqualTo(new Share(1, 1));
    assertThat(agreement.onlyOurs()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "samba.tests.dns(ad_dc),             ad_dc",
    "samba3.unix(nt4_dc:local),          nt4_dc",
    "samba4.x(ad_member)~2,              ad_member",
    "samba4.ldb.simple with a(b)(ad_dc), ad_dc",
    "samba.tests.source,                 none",
  })
  void knowsATestenvByTheEndOfASuitesName(String suite, String testenv) {
    assertThat(AgreementMaker.testenv(suite)).isEqualTo(testenv);
  }

  @Test
  void readsTheTimesOfAStream() throws IOException {
    RunOutcomes run =
        stream(
            """
            time: 2026-03-01 12:00:00.000000Z
            testsuite: a
            time: 2026-03-01 12:00:01.500000Z
            testsuite-success: a
            """);
    assertThat(run.outcomes().values())
        .singleElement()
        .satisfies(ending -> assertThat(ending.took()).isEqualTo(Duration.ofMillis(1500)));
  }

  private RunOutcomes run(String... suitesAndResults) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < suitesAndResults.length; i += 2) {
      lines.add("testsuite: " + suitesAndResults[i]);
      lines.add("testsuite-%s: %s".formatted(suitesAndResults[i + 1], suitesAndResults[i]));
    }
    return stream(String.join("\n", lines) + "\n");
  }

  private RunOutcomes stream(String text) throws IOException {
    return RunOutcomes.read(Files.writeString(folder.resolve("stream" + files++), text));
  }
}
