package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Testenvs and suites with the programs of a build tree. It lies in /tmp, which each host has for
 * itself.
 */
class BuildTreeRunTest {
  @TempDir Path folder;

  @BeforeEach
  void writeThem() throws IOException {
    program("tree/bin/greet", "#!/bin/sh\necho \"$GREETING from the tree\"\n");
    write("tree/data/words", "some words\n");
    write("catalogue/given/file", "a copy\n");
    write(
        "catalogue/catalogue.yaml",
        """
        summary: For tests
        client: {name: client, interfaces: [11]}
        suite-folder: given
        build-tree:
          replaces: [greeter]
          links: {/usr/lib/warren-test/greet: "${BUILD_TREE}/bin/greet"}
        with-build-tree:
          variables: {PATH: "${BUILD_TREE}/bin:/usr/bin:/bin"}
          environment: {PATH: "${BUILD_TREE}/bin:/usr/bin:/bin", GREETING: good day}
        """);
    write(
        "catalogue/server.yaml",
        """
        summary: A server
        software: {packages: [greeter]}
        host: {name: server, interface: 30}
        variables: {GREETING: hello}
        provision:
          - {step: find it by its name, run: greet > greeting}
          - {step: find it where it is linked, run: /usr/lib/warren-test/greet >> greeting}
        exports: {GREETING: {run: cat greeting}}
        """);
  }

  @Test
  void aTestenvFindsItsPrograms() throws Exception {
    run("server", "echo $GREETING; greet > /dev/null");

    assertThat(folder.resolve("st/suites/a.log"))
        .content()
        .contains("\nhello from the tree hello from the tree\n");
  }

  @Test
  void aSuiteFindsThemToo() throws Exception {
    run("none", "greet; /usr/lib/warren-test/greet");

    assertThat(folder.resolve("st/suites/a.log"))
        .content()
        .contains("\ngood day from the tree\ngood day from the tree\n");
  }

  /** In place of the catalogue's own folder: what it stands in for is there. */
  @Test
  void aSuiteStartsInTheRootOfTheTreeAndMayWriteThere() throws Exception {
    run(
        "server:local",
        "bin/greet && cat data/words && test ! -e file && echo x > bin2 && cat bin2");

    assertThat(folder.resolve("st/suites/a.log")).content().contains("\nsome words\nx\n");
  }

  @Test
  void nothingOfTheTreeItselfCanBeChanged() throws Exception {
    run("none", "! (echo x > data/words) && ! rm %s/data/words".formatted(folder.resolve("tree")));
  }

  private void run(String testenv, String command) throws Exception {
    LabOptions options =
        LabOptions.of(
                CatalogueReader.read(
                    folder.resolve("catalogue"), Optional.of(folder.resolve("tree"))),
                folder.resolve("st"),
                folder.resolve("cache"),
                LabOpener.below(folder.resolve("labs")))
            .withSoftware(SoftwareChoice.INSTALLED);
    String plan = "-- TEST --\na\n%s\n%s\n".formatted(testenv, command);

    Tally tally =
        TestRun.execute(
            RunOptions.of(
                "plan", options, SambaPlanReader.parse("plan", plan, PlanRules.FORMAT_ONLY)),
            _ -> {});

    assertThat(tally.allOk()).as(Files.readString(folder.resolve("st/suites/a.log"))).isTrue();
  }

  private void program(String file, String text) throws IOException {
    write(file, text);
    Files.setPosixFilePermissions(
        folder.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
  }
}
