package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.lab.Link;
import dev.warren.lab.control.Registration;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.description.LabDescription;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.run.TestenvSession;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TestenvOptionsTest {
  private static final Path CATALOGUE = Path.of("../selftest/src/test/resources/catalogue");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "ad_dc, ad_dc",
    "test-my plan, test-my-plan",
    "test-größe!, test-gr-e-",
    "_own, own",
    "'...', testenv"
  })
  void makesAnyNameOneThatALabMayHave(String wanted, String name) throws Exception {
    try (Registration lab =
        RegisteredLabs.register(RunningLabs.in(folder.resolve("run")), wanted)) {
      assertThat(lab.lab().name()).isEqualTo(name);
    }
  }

  @Test
  void longNamesHaveRoomForTheNumberOfASecondRun() throws Exception {
    RunningLabs labs = RunningLabs.in(folder.resolve("run"));
    try (Registration _ = RegisteredLabs.register(labs, "x".repeat(300));
        Registration second = RegisteredLabs.register(labs, "x".repeat(300))) {
      String name = second.lab().name();

      assertThat(name).endsWith("x-2");
      assertThat(LabDescription.builder(name).build().name()).isEqualTo(name);
    }
  }

  @Test
  void aTestenvsLabTakesRequestsAsOthersDo() throws Exception {
    TestenvOptions options = new TestenvOptions();
    var _ =
        CommandLine.populateCommand(
            options, "--software=INSTALLED", "--results=" + folder.resolve("st"));
    StringWriter out = new StringWriter();
    Surroundings surroundings = surroundings(out);
    TestenvChoice choice = TestenvChoice.parse("first").orElseThrow();
    try (TestenvSession session =
        TestenvSession.open(
            options.labs(CatalogueReader.read(CATALOGUE), "", surroundings), choice, _ -> {})) {
      CommandLine warren = CommandLineFactory.create(surroundings);

      assertThat(warren.execute("link", "cut", "first")).isZero();
      assertThat(session.lab().host("first").links()).allMatch(Link::isCut);
      assertThat(warren.execute("ps", "first")).isZero();
      assertThat(out.toString()).contains("All links of host first are cut.", "first");
      assertThat(surroundings.labs().find("first").orElseThrow().events())
          .content()
          .contains("link-cut");
    }
    assertThat(folder.resolve("run/first")).doesNotExist();
  }

  @Test
  void aServiceThatIsToRunUnderADebuggerMustBeThere() {
    StringWriter out = new StringWriter();
    int code =
        CommandLineFactory.create(surroundings(out))
            .execute("testenv", "--catalogue=" + CATALOGUE, "--debug=servr", "first");
    assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out.toString())
        .contains("--debug: no testenv that is to be set up has a service \"servr\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          custom | | testenv custom is made from a backup of a domain: name one with --backup=FILE
          custom | --backup=/none | --backup: there is no file /none
          custom | --backup=/dev/null | --backup: /dev/null is no backup of a domain: it is not
          plain  | --backup=/none | --backup: none of the testenvs (plain) is made from a backup; these are: custom
          """)
  void aBackupMustBeGivenWhereItIsNeededAndNowhereElse(
      String name, @Nullable String option, String words) throws Exception {
    Files.writeString(
        folder.resolve("catalogue.yaml"), "summary: s\nclient: {name: c, interfaces: [1]}\n");
    Files.writeString(
        folder.resolve("custom.yaml"),
        "summary: s\nfrom-backup: true\nhost: {name: custom, interface: 2}\n");
    Files.writeString(
        folder.resolve("plain.yaml"), "summary: s\nhost: {name: plain, interface: 3}\n");
    TestenvOptions options = new TestenvOptions();
    var _ =
        CommandLine.populateCommand(
            options,
            option == null
                ? new String[] {"--software=INSTALLED"}
                : new String[] {"--software=INSTALLED", option});

    assertThatThrownBy(
            () ->
                options.labs(
                    CatalogueReader.read(folder),
                    List.of(name),
                    "",
                    surroundings(new StringWriter())))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(words);
  }

  private Surroundings surroundings(StringWriter out) {
    return FolderSurroundings.of(folder, out, out);
  }
}
