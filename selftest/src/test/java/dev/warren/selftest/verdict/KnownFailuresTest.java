package dev.warren.selftest.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.subunit.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownFailuresTest {
  @TempDir Path folder;

  @Test
  void excusesAFailureThatIsExpected() throws Exception {
    assertThat(judge("a\\.b # bug 1", "", "a.b.c(ad_dc)", Outcome.FAILURE))
        .isEqualTo(Outcome.XFAIL);
  }

  @Test
  void matchesAtTheStartOnly() throws Exception {
    assertThat(judge("b", "", "a.b", Outcome.FAILURE)).isEqualTo(Outcome.FAILURE);
  }

  @Test
  void excusesNoError() throws Exception {
    assertThat(judge("a", "a", "a", Outcome.ERROR)).isEqualTo(Outcome.ERROR);
  }

  @Test
  void isSurprisedByASuccess() throws Exception {
    assertThat(judge("a", "", "a", Outcome.SUCCESS)).isEqualTo(Outcome.UXSUCCESS);
  }

  @Test
  void letsAFlappingTestFailOrPass() throws Exception {
    assertThat(judge("", "a", "a", Outcome.FAILURE)).isEqualTo(Outcome.XFAIL);
    assertThat(judge("", "a", "a", Outcome.SUCCESS)).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void saysWhichLineKnowsTheFailure() throws Exception {
    Path file = write("known", "# comment\n\n a.*  # bug 1\n");
    KnownFailures known =
        new KnownFailures(FailurePatterns.read(List.of(file)), FailurePatterns.NONE);
    assertThat(known.judge("abc", Outcome.FAILURE, Optional.of("boom")).explanation())
        .contains("boom\nknown failure (" + file + ":3:2): bug 1");
  }

  @Test
  void aNoteGivesItsReasonBack() throws Exception {
    Path file = write("known", "a # bug 1: (x:2:3): y\nb\n");
    KnownFailures known =
        new KnownFailures(FailurePatterns.read(List.of(file)), FailurePatterns.NONE);
    assertThat(known.judge("a", Outcome.FAILURE, Optional.empty()).note())
        .map(KnownFailureNote::reason)
        .contains(Optional.of("bug 1: (x:2:3): y"));
    assertThat(known.judge("b", Outcome.FAILURE, Optional.empty()).note())
        .map(KnownFailureNote::reason)
        .contains(Optional.empty());
  }

  @Test
  void readsAFolderWithoutItsBackups() throws Exception {
    write("d/one", "a\n");
    write("d/two~", "b\n");
    FailurePatterns patterns = FailurePatterns.read(List.of(folder.resolve("d")));
    assertThat(patterns.find("a")).isPresent();
    assertThat(patterns.find("b")).isEmpty();
  }

  @Test
  void reportsEveryBadExpression() throws Exception {
    Path file = write("known", "a(\nok\n  [ # x\n");
    assertThatThrownBy(() -> FailurePatterns.read(List.of(file, folder.resolve("none"))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(
            file + ":1:", file + ":3:", "none: there is no such file", "3 problems");
  }

  private Outcome judge(String expected, String flapping, String id, Outcome outcome)
      throws Exception {
    KnownFailures known =
        new KnownFailures(
            FailurePatterns.read(List.of(write("expected", expected))),
            FailurePatterns.read(List.of(write("flapping", flapping))));
    return known.judge(id, outcome, Optional.empty()).outcome();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, text);
  }
}
