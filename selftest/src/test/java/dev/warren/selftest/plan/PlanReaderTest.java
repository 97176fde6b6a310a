package dev.warren.selftest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.warren.lab.source.Problem;
import dev.warren.lab.source.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of several formats and places together. */
class PlanReaderTest {
  private static final String SUITE = "-- TEST --\n%s\n%s\ntrue\n";

  @TempDir Path folder;
  private final Problems problems = new Problems();
  private final List<String> comments = new ArrayList<>();

  @Test
  void readsFilesOfBothFormatsAndWhatACommandPrints() throws Exception {
    Path samba = Files.writeString(folder.resolve("a.plan"), SUITE.formatted("a", "none"));
    Path yaml = Files.writeString(folder.resolve("b.yaml"), "suites: [{name: b, command: 'true'}]");

    assertThat(read(samba.toString(), yaml.toString(), "printf '%s\\n' '-- TEST --' c none x |"))
        .extracting(Suite::name)
        .containsExactly("a", "b", "c");
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void tellsWhatACommandSaysBesidesSuitesAndKeepsTheCommentsOfFiles() throws Exception {
    Path file = Files.writeString(folder.resolve("a.plan"), "# mine\n");

    var _ = read(file.toString(), "echo '# no winbind, some are left out'|");

    assertThat(comments).containsExactly("# no winbind, some are left out");
  }

  @Test
  void aCommandHasTheVariablesOfTheRun() throws Exception {
    PlanReader reader = new PlanReader(Map.of("SELFTEST_QUICK", "1"), comments::add);

    var _ = reader.read(List.of(PlanSource.of("echo quick=$SELFTEST_QUICK|")), problems);

    assertThat(comments).containsExactly("quick=1");
  }

  @Test
  void aCommandThatFailsIsNoPlan() throws Exception {
    assertThat(read("printf '%s\\n' '-- TEST --' c none x; exit 3|", "printf '\\377'|")).isEmpty();

    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "printf '%s\\n' '-- TEST --' c none x; exit 3: the command of the plan ended with exit"
                + " code 3",
            "printf '\\377': the plan is not UTF-8");
  }

  @Test
  void reportsTheMistakesOfAllPlansTogether() throws Exception {
    Path bad = Files.writeString(folder.resolve("a.plan"), "-- TEST --\n");
    Path yaml = Files.writeString(folder.resolve("b.yaml"), "suits: []");

    var _ = read(bad.toString(), yaml.toString(), folder.resolve("none").toString());

    assertThat(problems.list())
        .extracting(problem -> problem.position().file())
        .contains(bad.toString(), yaml.toString(), folder.resolve("none").toString());
  }

  @Test
  void findsASuiteAgainInAnotherPlan() throws Exception {
    Path one = Files.writeString(folder.resolve("a.plan"), SUITE.formatted("a", "none"));
    Path two = Files.writeString(folder.resolve("b.plan"), SUITE.formatted("a", "none"));

    PlanCheck.check(read(one.toString(), two.toString()), PlanRules.strict(Set.of()), problems);

    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "%s:2:1: the suite \"a\" is there twice: first in line 2 of %s".formatted(two, one));
  }

  @Test
  void reportsAnUnknownTestenvOnceForAllItsSuites() throws Exception {
    String suites = SUITE.formatted("a", "ad_cd") + SUITE.formatted("b", "ad_cd:local");
    Path plan = Files.writeString(folder.resolve("a.plan"), suites);

    PlanCheck.check(read(plan.toString()), PlanRules.strict(Set.of("ad_dc")), problems);

    assertThat(problems.list())
        .extracting(problem -> problem.position().line(), Problem::message)
        .containsExactly(
            tuple(3, "unknown testenv \"ad_cd\" of 2 suites; did you mean \"ad_dc\"?"));
  }

  private List<Suite> read(String... sources) throws InterruptedException {
    return new PlanReader(Map.of(), comments::add)
        .read(Stream.of(sources).map(PlanSource::of).toList(), problems);
  }
}
