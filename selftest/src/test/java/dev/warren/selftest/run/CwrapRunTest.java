package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.description.Isolation;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs under cwrap. */
@Timeout(120)
class CwrapRunTest {
  private static final Path CATALOGUE = Path.of("src/test/resources/cwrap");

  @TempDir Path folder;
  private final List<RunEvent> events = new ArrayList<>();

  @Test
  void runsSuitesInTheClientAndInTheServersHost() throws Exception {
    Tally tally =
        run(
            suite(
                    "asks",
                    "web",
                    "exec 3<>/dev/tcp/$SERVER_IP/80 && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3"
                        + " && grep hello <&3; hostname")
                + suite("local", "web:local", "hostname")
                + suite("alone", "none", "hostname"));
    assertThat(output()).containsExactly("hello under cwrap", "client", "web", "client");
    assertThat(tally.allOk()).isTrue();
  }

  @Test
  void skipsSuitesWhoseTestenvNeedsNamespaces() throws Exception {
    Tally tally =
        run(
            suite("a", "router", "true")
                + suite("b", "routed", "true")
                + suite("c", "web", "true"));
    String reason =
        "the testenv router needs namespaces (DNS zones of its own, private directories, "
            + "other in its nsswitch.conf), which is not here";
    assertThat(skipped()).containsExactly(tuple("a", reason), tuple("b", reason));
    assertThat(tally.allOk()).isTrue();
    assertThat(folder.resolve("st/summary")).content().contains(reason + "\n    a\n");
  }

  @Test
  void looksForRequiredPartsInTheHost() throws Exception {
    run(suite("a", "demanding", "true") + suite("b", "web", "true"));
    assertThat(skipped())
        .containsExactly(
            tuple("a", "the testenv demanding needs a host of its own, which is not here"));
  }

  @Test
  void namesThePackagesThatAreNotInstalled() throws Exception {
    assumeTrue(Files.exists(Path.of("/var/lib/dpkg/status")), "this machine has no dpkg");
    run(suite("a", "packaged", "true"));
    assertThat(skipped())
        .containsExactly(
            tuple(
                "a",
                "the testenv packaged needs what `apt-get install warren-no-such-package` brings,"
                    + " which is not here"));
  }

  @Test
  void makesFilesOfTheClientBesideTheStateOfTestenvs() throws Exception {
    run(
        suite(
            "a",
            "none",
            "cd \"$SELFTEST_PREFIX\" && stat -c %a client/client.conf"
                + " && [ \"$(cat client/client.conf)\" = \"state is in $PWD\" ]"));
    assertThat(output()).containsExactly("640");
    assertThat(skipped()).isEmpty();
  }

  private Tally run(String plan) throws Exception {
    Catalogue catalogue = CatalogueReader.read(CATALOGUE, Optional.empty(), Isolation.CWRAP);
    LabOptions options =
        LabOptions.of(
                catalogue,
                folder.resolve("st"),
                folder.resolve("cache"),
                LabOpener.below(folder.resolve("labs")))
            .withSoftware(SoftwareChoice.INSTALLED)
            .withIsolation(Isolation.CWRAP);
    return TestRun.execute(
        RunOptions.of(
            "plan",
            options,
            SambaPlanReader.parse("plan", plan, PlanRules.strict(catalogue.testenvs().keySet()))),
        events::add);
  }

  private static String suite(String name, String testenv, String command) {
    return "-- TEST --\n%s\n%s\n%s\n".formatted(name, testenv, command);
  }

  private List<Tuple> skipped() {
    return events.stream()
        .filter(RunEvent.SuiteSkipped.class::isInstance)
        .map(RunEvent.SuiteSkipped.class::cast)
        .map(skipped -> tuple(skipped.suite().name(), skipped.reason()))
        .toList();
  }

  private List<String> output() {
    List<String> output = new ArrayList<>();
    for (RunEvent event : events) {
      if (event instanceof RunEvent.SuiteSaid said
          && said.said() instanceof SubunitEvent.Output(String line)) {
        output.add(line);
      }
    }
    return output;
  }
}
