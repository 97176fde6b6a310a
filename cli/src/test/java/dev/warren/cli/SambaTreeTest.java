package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with a build tree, and its own plan. */
class SambaTreeTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeThem() throws IOException {
    write(
        "mine/catalogue.yaml",
        """
        summary: For tests
        client: {name: client, interfaces: [11]}
        build-tree:
          expects: [{paths: [built], otherwise: it is not built}]
          plan: cat "${BUILD_TREE}/plan"
          expected-failures: [known]
          skip: [skip]
          quick: [quick]
          pipefail-in: runner
        """);
    write("mine/server.yaml", "{summary: A, host: {name: server, interface: 30}}");
    write(
        "tree/plan",
        """
        -- TEST --
        fast
        none
        echo 'test: a' && echo 'success: a'
        -- TEST --
        wrong
        none
        echo 'test: b' && echo 'failure: b'
        -- TEST --
        fast
        none
        true
        -- TEST --
        dangerous(server)
        server
        false
        """);
    write("tree/built", "");
    write("tree/known", "^b # known to be so\n");
    write("tree/skip", "^dangerous # it is\n");
    write("tree/quick", "^fast\n");
  }

  /** Of two suites with the same name, as some of Samba's have, the second gets another. */
  @Test
  void itsPlanIsCalledTree() {
    assertThat(test("tree", "--list")).as(err.toString()).isZero();

    assertThat(out).hasToString("fast  none\nwrong  none\nfast~2  none\n");
  }

  @Test
  void itsListsBelongToItsPlan() throws Exception {
    assertThat(test("tree")).as(err.toString()).isZero();

    assertThat(out.toString()).contains("ALL OK");
    assertThat(Files.readString(folder.resolve("st/summary"))).contains("dangerous");
  }

  /** Suites of Samba 4.17 and before end with codes that nobody looked at. */
  @Test
  void exitCodesBeforeAFilterCountAsItsRunnerSays() throws Exception {
    write(
        "tree/plan",
        "-- TEST --\na\nnone\n(echo 'test: a'; echo 'success: a'; exit 1) | filter-subunit --prefix=x.\n");
    write("tree/known", "");
    assertThat(test("tree")).as(err.toString()).isZero();

    write("tree/runner", "system('bash -o pipefail ...')");
    assertThat(test("tree")).isEqualTo(1);
    assertThat(out.toString()).contains("Exit code was 1");
  }

  @Test
  void itsQuickSuitesRunAlone() {
    assertThat(test("tree", "--quick", "--list")).as(err.toString()).isZero();

    assertThat(out).hasToString("fast  none\nfast~2  none\n");
  }

  @Test
  void theyDoNotBelongToOtherPlans() throws Exception {
    write("my.plan", "-- TEST --\ndangerous(server)\nserver\ntrue\n");

    assertThat(test(folder.resolve("my.plan").toString(), "--list")).isZero();

    assertThat(out).hasToString("dangerous(server)  server\n");
  }

  @Test
  void aFolderThatIsNoTreeIsToldBeforeAnythingStarts() throws Exception {
    Files.delete(folder.resolve("tree/built"));

    assertThat(test("tree")).isEqualTo(2);

    assertThat(err.toString())
        .contains(folder.resolve("tree") + ": it is not built (it has no built)");
  }

  @Test
  void aCatalogueMayNotKnowHowATreePrintsItsPlan() throws Exception {
    write(
        "mine/catalogue.yaml",
        "{summary: a, client: {name: client, interfaces: [11]}, build-tree: {content: [x]}}");

    assertThat(test("tree")).isEqualTo(2);

    assertThat(err.toString()).contains("build-tree has no key \"plan\"");
  }

  private int test(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "test",
                "--catalogue=" + folder.resolve("mine"),
                "--samba-tree=" + folder.resolve("tree"),
                "--software=installed",
                "--results=" + folder.resolve("st")));
    all.addAll(List.of(arguments));
    return CommandLineFactory.create(FolderSurroundings.of(folder, out, err))
        .execute(all.toArray(String[]::new));
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
  }
}
