package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.cli.ExamplePage.Step;
import dev.warren.lab.file.LabFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples, and what their pages say. The commands of a page are run as they stand there, by
 * the launcher in a copy of the checkout, and must print what the page shows.
 */
class ExamplesTest {
  private static final Path EXAMPLES =
      Path.of("").toAbsolutePath().resolveSibling("examples").normalize();

  /** Seconds that one command may take on a machine with other things to do. */
  private static final int PATIENCE = 60;

  @TempDir private Path folder;

  static Stream<String> labs() throws IOException {
    return names(".yaml");
  }

  static Stream<String> pages() throws IOException {
    return names(".md").filter(name -> !name.equals("README"));
  }

  private static Stream<String> names(String ending) throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("labs")
  void isALabWithAPageAndAPlaceInTheIndex(String name) throws Exception {
    assertThat(LabFile.read(EXAMPLES.resolve(name + ".yaml")).name()).isEqualTo(name);
    assertThat(EXAMPLES.resolve(name + ".md")).isRegularFile();
    assertThat(Files.readString(EXAMPLES.resolve("README.md"))).contains("(" + name + ".md)");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void pageNamesOnlyCommandsThatExist(String name) throws Exception {
    var commands =
        CommandLineFactory.create(Surroundings.ofThisProcess()).getSubcommands().keySet();

    assertThat(commands).containsAll(page(name).warrenCommands());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void pageShowsWhatHappens(String name) throws Exception {
    ExamplePage page = page(name);
    assertThat(page.steps()).isNotEmpty();
    for (String need : page.needs()) {
      Optional<String> missing = Needs.missing(need);
      assumeTrue(missing.isEmpty(), () -> "the example " + name + ": " + missing.orElseThrow());
    }
    WholeCheckout warren = WholeCheckout.make(folder);
    try {
      for (Step step : page.steps()) {
        run(warren, step);
      }
      assertThat(warren.runningLabs()).as("labs that the page leaves").isEmpty();
    } finally {
      shell(warren, "./warren down --all");
    }
  }

  @Test
  void whatAPageShowsIsComparedLoosely() {
    ExamplePage page =
        ExamplePage.parse(
            """
            <!-- needs: program perl -->
            ```console
            $ one \\
            > two
            begin ... end
            ...
            last   line
            $ three
            ```
            Then `warren ls`.
            """);

    assertThat(page.needs()).containsExactly("program perl");
    assertThat(page.warrenCommands()).containsExactly("ls");
    assertThat(page.steps()).extracting(Step::command).containsExactly("one \\\ntwo", "three");
    Step first = page.steps().getFirst();
    assertThat(first.accepts("begin here end\n1\n2\nlast line\n")).isTrue();
    assertThat(first.accepts("begin  here\tend\nlast\tline")).isTrue();
    assertThat(first.accepts("begin here end\nlast line\nmore\n")).isFalse();
    assertThat(first.accepts("begin here\nlast line\n")).isFalse();
    assertThat(page.steps().getLast().accepts("whatever")).isTrue();
  }

  private static ExamplePage page(String name) throws IOException {
    return ExamplePage.read(EXAMPLES.resolve(name + ".md"));
  }

  private void run(WholeCheckout warren, Step step) throws Exception {
    Checkout.Result result = shell(warren, step.command());
    if (result.code() != 0 || !step.accepts(result.text())) {
      fail(
          "$ %s%nshall print%n%s%nbut ended with %d and printed%n%s",
          step.command(), String.join("\n", step.expected()), result.code(), result.text());
    }
  }

  private Checkout.Result shell(WholeCheckout warren, String command) throws Exception {
    Path output = folder.resolve("output");
    Process process = warren.start(List.of("sh", "-c", command), Map.of(), output);
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      fail("%s%ntakes more than %d s; so far:%n%s", command, PATIENCE, Files.readString(output));
    }
    return new Checkout.Result(process.exitValue(), Files.readString(output));
  }
}
