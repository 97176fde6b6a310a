package dev.warren.selftest.testenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.build.BuildTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalogue that says how its testenvs use a build tree. */
class BuildTreeTest {
  @TempDir Path folder;

  @BeforeEach
  void writeThem() throws IOException {
    write("tree/config.h", "#define WITH_TESTS 1\n#define HAVE_B 1\n");
    write("tree/bin/server", "");
    for (String list : List.of("known", "known-b", "known-c", "skip")) {
      write("tree/lists/" + list, "");
    }
    write(
        "catalogue/catalogue.yaml",
        """
        summary: For tests
        client: {name: client, interfaces: [11], packages: [curl, server-tools]}
        variables: {SERVER: /usr/sbin/server, LEVEL: "1"}
        environment: {BINDIR: /usr/bin, TZ: UTC}
        build-tree:
          configuration: [config.h]
          expects:
            - {paths: [config.h], otherwise: it is not configured}
            - {configured: "#define WITH_TESTS 1", otherwise: it is configured without tests}
            - {paths: [bin/server], otherwise: it is not built}
          replaces: [server, server-tools]
          content: [bin]
          links: {/usr/sbin/served: "${BUILD_TREE}/bin/server"}
          plan: cat "${BUILD_TREE}/plan"
          expected-failures:
            - lists/known
            - {path: lists/known-b, when: "#define HAVE_B 1"}
            - {path: lists/known-c, unless: "#define HAVE_B 1"}
            - lists/of-another-version
          skip: [lists/skip]
        with-build-tree:
          variables: {SERVER: "${BUILD_TREE}/bin/server"}
          environment: {BINDIR: "${BUILD_TREE}/bin"}
        """);
    write(
        "catalogue/base.yaml",
        """
        summary: What they have in common
        abstract: true
        software: {packages: [server, libc6]}
        variables: {MODULES: few, MODE: fast}
        with-build-tree:
          variables: {MODULES: all, MODE: "${BUILD_TREE}"}
        """);
    write(
        "catalogue/web.yaml",
        """
        summary: A server
        extends: base
        host: {name: www, interface: 30}
        variables: {MODE: slow}
        """);
  }

  @Test
  void isLaidOverWhatEachFileSays() throws Exception {
    Catalogue catalogue = read();
    Map<String, Template> variables = catalogue.testenv("web").variables();

    assertThat(variables.get("MODULES")).isEqualTo(Template.literal("all"));
    assertThat(expand(variables, "SERVER")).isEqualTo(tree() + "/bin/server");
    assertThat(expand(catalogue.environment(), "BINDIR")).isEqualTo(tree() + "/bin");
    assertThat(catalogue.environment()).containsKey("TZ");
  }

  /** As if its base were written for the tree. */
  @Test
  void leavesADefinitionWhatItSaysItself() throws Exception {
    assertThat(read().testenv("web").variables().get("MODE")).isEqualTo(Template.literal("slow"));
  }

  @Test
  void changesNothingWhereThereIsNone() throws Exception {
    Catalogue catalogue = CatalogueReader.read(folder.resolve("catalogue"));
    Map<String, Template> variables = catalogue.testenv("web").variables();

    assertThat(catalogue.buildTree()).isEmpty();
    assertThat(variables.get("MODULES")).isEqualTo(Template.literal("few"));
    assertThat(variables.get("SERVER")).isEqualTo(Template.literal("/usr/sbin/server"));
    assertThat(variables.get("LEVEL")).isEqualTo(Template.literal("1"));
    assertThat(catalogue.packages(catalogue.testenvs().values()))
        .containsExactly("curl", "libc6", "server", "server-tools");
  }

  @Test
  void takesThePlaceOfPackages() throws Exception {
    Catalogue catalogue = read();

    assertThat(catalogue.packages(catalogue.testenvs().values())).containsExactly("curl", "libc6");
  }

  @Test
  void bringsItsPlanAndItsListsAsItWasConfigured() throws Exception {
    BuildTree tree = read().buildTree().orElseThrow();

    assertThat(tree.plan()).contains("cat \"%s/plan\"".formatted(tree()));
    assertThat(tree.links())
        .containsExactly(Map.entry(Path.of("/usr/sbin/served"), tree().resolve("bin/server")));
    assertThat(tree.lists().expectedFailures())
        .containsExactly(tree().resolve("lists/known"), tree().resolve("lists/known-b"));
    assertThat(tree.lists().skip()).containsExactly(tree().resolve("lists/skip"));
    assertThat(tree.lists().flapping()).isEmpty();
  }

  @Test
  void isToldFromAFolderThatIsNone() throws Exception {
    Files.delete(tree().resolve("bin/server"));
    assertThatThrownBy(this::read).hasMessage(tree() + ": it is not built (it has no bin/server)");

    write("tree/config.h", "");
    assertThatThrownBy(this::read)
        .hasMessage(
            tree()
                + ": it is configured without tests (its configuration lacks #define WITH_TESTS 1)");

    Files.delete(tree().resolve("config.h"));
    assertThatThrownBy(this::read)
        .hasMessage(tree() + ": it is not configured (it has no config.h)");
    assertThatThrownBy(
            () ->
                CatalogueReader.read(
                    folder.resolve("catalogue"), Optional.of(folder.resolve("nowhere"))))
        .hasMessage(folder.resolve("nowhere") + ": there is no such folder");
  }

  @Test
  void cannotBeUsedWhereTheCatalogueDoesNotSayHow() throws Exception {
    write("catalogue/catalogue.yaml", "{summary: a, client: {name: client, interfaces: [11]}}");

    assertThatThrownBy(this::read)
        .hasMessageContaining(
            "catalogue.yaml:1:1: this catalogue does not say how its testenvs use a build tree: it"
                + " has no mapping \"build-tree\"");
  }

  @Test
  void isNotReadPastMistakes() throws Exception {
    write(
        "catalogue/catalogue.yaml",
        """
        summary: For tests
        client: {name: client, interfaces: [11]}
        build-tree:
          links: {/etc/a: b, /usr/c: "${D}"}
          skip: [/etc/passwd, {path: ../x}]
          plam: x
        """);

    assertThatThrownBy(this::read)
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(
            "4:11: a path below /usr is expected",
            "4:31: unknown variable \"D\"; known here: BUILD_TREE",
            "5:10: a path inside of the build tree is expected",
            "5:30: a path inside of the build tree is expected",
            "6:3: unknown key \"plam\"; did you mean \"plan\"?");
  }

  @Test
  void isNamedOnlyWhereOneIsUsed() throws Exception {
    write(
        "catalogue/web.yaml",
        "{summary: A, host: {name: www, interface: 30}, variables: {A: '${BUILD_TREE}'}}");
    assertThatThrownBy(() -> CatalogueReader.read(folder.resolve("catalogue")))
        .hasMessageContaining("unknown variable \"BUILD_TREE\" (in web)");

    write(
        "catalogue/web.yaml",
        "{summary: A, host: {name: www, interface: 30}, variables: {BUILD_TREE: x}}");
    assertThatThrownBy(this::read)
        .hasMessageContaining("BUILD_TREE is given by Warren and cannot be set");
  }

  private Catalogue read() throws BadInputException {
    return CatalogueReader.read(folder.resolve("catalogue"), Optional.of(tree()));
  }

  private Path tree() {
    return folder.resolve("tree");
  }

  private String expand(Map<String, Template> variables, String name) {
    return variables.getOrDefault(name, Template.literal("")).expand(_ -> tree().toString());
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
  }
}
