package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plans and choices on the command line. */
class TestCommandTest {
  private static final String CATALOGUE = "../selftest/src/test/resources/catalogue";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writePlan() throws Exception {
    Files.writeString(
        folder.resolve("my.plan"),
        """
        # a comment
        -- TEST --
        dns(first)
        first
        true
        -- TEST-LOADLIST --
        ldap(also_first:local)
        also_first:local
        echo one | filter-subunit --list --prefix=ldap. --suffix='(e)'
        true $LOADLIST | filter-subunit --prefix=ldap. --suffix='(e)'
        -- TEST --
        smb
        none
        false
        """);
  }

  @Test
  void listsSuitesWithTheirTestenvs() {
    assertThat(test("--list")).isZero();

    assertThat(out)
        .hasToString("dns(first)  first\nldap(also_first:local)  also_first:local\nsmb  none\n");
  }

  @Test
  void listsSuitesAsJson() {
    assertThat(test("--list", "--json", "LDAP")).isZero();

    JsonNode suite = JsonMapper.shared().readTree(out.toString()).get(0);
    assertThat(suite.path("name").asString()).isEqualTo("ldap(also_first:local)");
    assertThat(suite.path("testenv").asString()).isEqualTo("also_first:local");
    assertThat(suite.path("format").asString()).isEqualTo("subunit");
    assertThat(suite.path("singleTests").asBoolean()).isTrue();
    assertThat(suite.path("line").asInt()).isEqualTo(7);
  }

  @Test
  void listsTheTestsInSuites() {
    assertThat(test("--list", "--tests")).isZero();

    assertThat(out).hasToString("dns(first)\nldap.one(e)\nsmb\n");
  }

  @Test
  void readsSeveralPlansOfAnyKind() throws Exception {
    Path yaml = folder.resolve("more.yaml");
    Files.writeString(yaml, "suites: [{name: more, command: 'true', tags: [x]}]");

    assertThat(
            test(
                "--list",
                "--testlist=" + yaml,
                "--testlist",
                "printf '%s\\n' '-- TEST --' printed none x '# left out'|"))
        .isZero();

    assertThat(out.toString()).endsWith("smb  none\nmore  none\nprinted  none\n");
    assertThat(err).hasToString("# left out\n");
  }

  @Test
  void reportsAllMistakesTogetherAndTheWayOut() throws Exception {
    Files.writeString(
        folder.resolve("my.plan"), "-- TEST --\na\nfrist\nx\n-- TEST --\na\nnone\nx\n");
    Files.writeString(folder.resolve("skip"), "(");

    assertThat(test("--list", "--exclude=" + folder.resolve("skip"), "[")).isEqualTo(2);

    assertThat(err.toString())
        .contains(
            "REGEX: \"[\" is no regular expression",
            "skip:1:2: \"(\" is no regular expression",
            "my.plan:3:1: unknown testenv \"frist\"; did you mean \"first\"?",
            "my.plan:6:1: the suite \"a\" is there twice: first in line 2",
            "--include-env, --exclude-env and --exclude leave others out");
  }

  @Test
  void whatIsNotChosenNeedNotBeRight() throws Exception {
    Files.writeString(
        folder.resolve("my.plan"), "-- TEST --\na\nfrist\nx\n-- TEST --\na\nnone\nx\n");

    assertThat(test("--list", "--include-env=none")).isZero();
    assertThat(test("--list", "--exclude-env=frist", "--allow-duplicates")).isZero();

    assertThat(out).hasToString("a  none\na~2  none\n");
  }

  @Test
  void nothingToRunIsAFailure() {
    assertThat(test("--list", "nothing like it")).isEqualTo(1);
    assertThat(err.toString()).startsWith("warren: No tests to run: ");
  }

  @Test
  void aWordBehindAnOptionalValueIsNoValue() {
    int code = run("test", "--list", "--catalogue=" + CATALOGUE, "--shuffle", plan());

    assertThat(code).as(err.toString()).isZero();

    assertThat(out.toString().lines()).hasSize(3);
    assertThat(err.toString()).startsWith("The order is that of --shuffle=");
  }

  @Test
  void theSeedGivesTheSameOrderAgain() {
    var _ = test("--list", "--shuffle=4");
    String first = out.toString();
    var _ = test("--list", "--shuffle=4");

    assertThat(out).hasToString(first + first);
  }

  @Test
  void shardsHaveAllSuitesOnce() {
    for (int shard = 1; shard <= 4; shard++) {
      assertThat(test("--list", "--shard=" + shard + "/4")).isZero();
    }

    assertThat(out.toString().lines())
        .containsExactlyInAnyOrder(
            "dns(first)  first", "ldap(also_first:local)  also_first:local", "smb  none");
    assertThat(err.toString()).contains("Shard 1/4: 1 of 3 suites");
  }

  @Test
  void choosesSingleTests() throws Exception {
    Path list = Files.writeString(folder.resolve("list"), "ldap.one(e)\nsmb\n");

    assertThat(test("--list", "--load-list=" + list)).isZero();

    assertThat(out).hasToString("ldap(also_first:local)  also_first:local\nsmb  none\n");
  }

  @Test
  void runsThoseThatFailedAgain() {
    assertThat(test()).as(err.toString()).isEqualTo(1);
    assertThat(test("--list", "--failed")).as(err.toString()).isZero();
    assertThat(out.toString()).endsWith("\nsmb  none\n");
    assertThat(test("--list", "--failed=first")).isZero();
    assertThat(out.toString()).contains("smb  none\ndns(first)  first\n");
    assertThat(test("--list", "--failed", "dns")).isEqualTo(1);
    assertThat(err.toString()).contains("none of the chosen suites failed last time");
  }

  @Test
  void theQuickListLiesBesideThePlan() throws Exception {
    Files.writeString(folder.resolve("my.quick"), "^dns\n");

    assertThat(test("--list", "--quick")).isZero();

    assertThat(out).hasToString("dns(first)  first\n");
  }

  private String plan() {
    return folder.resolve("my.plan").toString();
  }

  private int test(String... arguments) {
    List<String> all = new ArrayList<>(List.of("test", "--catalogue=" + CATALOGUE, plan()));
    all.addAll(List.of("--software=installed", "--results=" + folder.resolve("st")));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return CommandLineFactory.create(surroundings()).execute(arguments);
  }

  private Surroundings surroundings() {
    return FolderSurroundings.of(folder, out, err);
  }
}
