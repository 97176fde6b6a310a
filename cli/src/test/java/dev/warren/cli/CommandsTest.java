package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.control.ProcessIdentity;
import dev.warren.lab.control.Registration;
import dev.warren.lab.control.RunningHost;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.file.LabSchema;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands print and how they end, without a lab. */
class CommandsTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''              | no command given: see `warren --help`
          upp             | unknown command or argument upp (did you mean up?): see `warren --help`
          up              | Missing required parameter: 'FILE': see `warren up --help`
          up --detahc x   | unknown option --detahc (did you mean --detach?): see `warren up --help`
          """)
  void aWrongCommandLineIsOneLineAndTwo(String line, String complaint) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(err).hasToString("warren: " + complaint + "\n");
    assertThat(out).asString().isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "down",
        "apply",
        "ls",
        "graph",
        "link",
        "link cut",
        "link mend",
        "link set",
        "link show",
        "partition",
        "freeze",
        "restart",
        "reboot",
        "capture",
        "ps",
        "top",
        "logs",
        "events",
        "snapshot",
        "snapshot ls",
        "snapshot rm",
        "snapshot prune",
        "doctor",
        "seccomp",
        "check",
        "report",
        "schema",
        "completion"
      })
  void helpHasExamples(String command) {
    assertThat(run((command + " --help").split(" "))).isZero();
    assertThat(out).asString().startsWith("Usage: warren " + command).contains("Examples:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "namespaces", "cwrap"})
  void doctorEndsWithWhatLabsHereRunIn(String isolation) {
    int code = run("doctor", "--isolation=" + isolation);

    assertThat(out.toString().lines().toList().getLast())
        .startsWith(code == 0 ? "labs here run " : "no labs here: ");
  }

  @Test
  void doctorKnowsNoOtherIsolation() {
    assertThat(run("doctor", "--isolation=docker")).isEqualTo(2);
    assertThat(err).asString().contains("docker").containsIgnoringCase("cwrap");
  }

  @Test
  void mistakesInAFileAreReportedWithTheirPlaces() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.yaml"), "hosts:\n  a: {interfaec: 3}\n");

    assertThat(run("up", file.toString())).isEqualTo(2);
    assertThat(err).asString().startsWith(file + ":2:7: ").contains("interface");
  }

  @Test
  void checkSaysWhatAFileHoldsOrWhatIsWrongInEachOfThem() throws Exception {
    Path good = Files.writeString(folder.resolve("good.yaml"), "hosts:\n  a:\n");
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "hosts:\n  a: {interfaec: 3}\n");
    Path absent = folder.resolve("absent.yaml");

    assertThat(run("check", good.toString())).isZero();
    assertThat(out).hasToString(good + ": lab good, 1 host on 1 network\n");

    assertThat(run("check", good.toString(), bad.toString(), absent.toString())).isEqualTo(2);
    assertThat(err)
        .asString()
        .startsWith(absent + ": there is no such file\n" + bad + ":2:7: unknown key")
        .endsWith("2 problems\n");
  }

  @Test
  void checkListsMistakesForEditors() throws Exception {
    Path good = Files.writeString(folder.resolve("good.yaml"), "hosts:\n  a:\n");
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "hosts:\n  a: {interfaec: 3}\n");

    assertThat(run("check", "--json", good.toString())).isZero();
    assertThat(out).hasToString("[ ]\n");

    assertThat(run("check", "--json", good.toString(), bad.toString())).isEqualTo(2);
    assertThat(out)
        .asString()
        .contains("\"file\" : \"" + bad + "\"", "\"line\" : 2", "\"column\" : 7", "\"message\" : ");
    assertThat(err).asString().isEmpty();
  }

  @Test
  void theSchemaIsPrintedAsItIs() {
    assertThat(run("schema")).isZero();
    assertThat(out).hasToString(LabSchema.text());
  }

  @Test
  void seccompPrintsAProfileOrAddsToOne() throws Exception {
    assertThat(run("seccomp")).isZero();
    assertThat(out).asString().startsWith("{\n  \"defaultAction\" : ");

    Path base =
        Files.writeString(
            folder.resolve("base.json"),
            "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": []}");
    out.getBuffer().setLength(0);
    assertThat(run("seccomp", "--base", base.toString(), "--for", "gitlab")).isZero();
    assertThat(out).asString().contains("security_opt = ['seccomp:{\"defaultAction\"", "unshare");
  }

  @Test
  void seccompSaysWhatIsWrongWithAProfile() throws Exception {
    Path base = Files.writeString(folder.resolve("base.json"), "{\n  x");
    assertThat(run("seccomp", "--base", base.toString())).isEqualTo(2);
    assertThat(err).asString().startsWith(base + ":2:").contains("this is no JSON");

    assertThat(run("seccomp", "--base", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err).asString().contains("none: there is no such file");

    assertThat(run("seccomp", "--addition", "--for", "docker")).isEqualTo(2);
    assertThat(err).asString().contains("--addition stands alone");
  }

  @Test
  void aDryRunPrintsStepsAndMakesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("one.yaml"), "hosts:\n  a:\n");

    assertThat(run("up", "--dry-run", file.toString())).isZero();
    assertThat(out)
        .asString()
        .contains("make the namespaces of host a\n")
        .contains("fd00::5357:5f01/112")
        .doesNotContain("fd00:0:");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aLabIsDrawnInEitherFormat() throws Exception {
    Path file = Files.writeString(folder.resolve("one.yaml"), "hosts:\n  a:\n");
    Path picture = folder.resolve("one.svg");

    assertThat(run("graph", file.toString(), "--format", "mermaid")).isZero();
    assertThat(out).asString().startsWith("flowchart TB\n");
    assertThat(run("graph", file.toString(), "--output", picture.toString())).isZero();
    assertThat(picture).content().startsWith("<svg ").endsWith("</svg>\n");
  }

  @Test
  void aNameThatNoLabMayHaveIsBadInput() throws Exception {
    Path file = Files.writeString(folder.resolve("one.yaml"), "hosts:\n  a:\n");

    assertThat(run("up", "--name", "a b", file.toString())).isEqualTo(2);
    assertThat(err).asString().startsWith("warren: --name: \"a b\" is no name for a lab: ");
  }

  @Test
  void listsLabsForPeopleAndForScripts() throws Exception {
    try (Registration lab = RunningLabs.in(folder.resolve("run")).register("demo")) {
      lab.publish(
          List.of(
              new RunningHost(
                  "a",
                  new ProcessIdentity(4711, 1),
                  Path.of("/proc/4700/fd/9"),
                  false,
                  List.of("veth1"),
                  List.of("10.0.0.1"))));

      assertThat(run("ls")).isZero();
      assertThat(out).hasToString("LAB   HOST  PID   ADDRESSES\ndemo  a     4711  10.0.0.1\n");

      assertThat(run("ls", "--json")).isZero();
      assertThat(out).asString().contains("\"pid\" : 4711").contains("\"10.0.0.1\"");
    }
  }

  @Test
  void downSaysWhatRunsWhenTheNameIsWrong() throws Exception {
    try (Registration _ = RunningLabs.in(folder.resolve("run")).register("demo")) {
      assertThat(run("down", "dmo")).isEqualTo(1);
      assertThat(err).hasToString("warren: no lab \"dmo\" is running, only demo\n");
    }
  }

  private int run(String... arguments) {
    return CommandLineFactory.create(FolderSurroundings.of(folder, out, err)).execute(arguments);
  }
}
