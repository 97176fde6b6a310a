package dev.warren.lab.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Problem;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.YamlFile;
import dev.warren.lab.source.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.ObjectMapper;

/**
 * Lab files that were good, damaged: a lab, or problems at places that there are. What is taken the
 * schema takes too, and the same words in other lines are the same lab.
 */
class LabFileFuzzTest {
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The lab file's page: its YAML blocks. */
  private static final Pattern BLOCK =
      Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final List<String> SPICE =
      List.of(
          ":",
          ": ",
          "- ",
          "[",
          "]",
          "{",
          "}",
          ",",
          "#",
          "|",
          ">",
          "'",
          "\"",
          "&a ",
          "*a",
          "!!str ",
          "%",
          "~",
          "\n",
          "\n  ",
          "\t",
          "---\n",
          "...\n",
          "? ",
          "null",
          "true",
          "no",
          "0644",
          "1e3",
          ".inf",
          "\u0000",
          "\u0085",
          "\uFEFF",
          "\uD800",
          "\\",
          "hosts:",
          "networks:",
          "a",
          "[[[[[[[[[[",
          "{a: {a: {a: ",
          "../..",
          "$(x)",
          "${X}",
          "\"\\x41\\u00e9\"");

  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(JSON.readTree(LabSchema.text()));

  private static List<String> good() throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(CHECKOUT.resolve("examples"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".yaml")).sorted().toList()) {
        all.add(Files.readString(file));
      }
    }
    all.add(
        Files.readString(
            CHECKOUT.resolve("lab/src/test/resources/dev/warren/lab/file/everything.yaml")));
    BLOCK
        .matcher(Files.readString(CHECKOUT.resolve("docs/lab-file.md")))
        .results()
        .map(match -> match.group(1))
        .filter(block -> block.contains("hosts:"))
        .forEach(all::add);
    return all;
  }

  @Test
  void labFiles() throws Exception {
    Fuzz.check(
        "lab file",
        30,
        Damage.texts(SPICE, good()),
        text -> {
          LabDescription lab;
          try {
            lab = LabFile.parse("lab.yaml", text);
          } catch (BadInputException refused) {
            assertThat(refused.problems()).isNotEmpty();
            refused.problems().forEach(problem -> inside(problem, text));
            return Outcome.REJECTED;
          }
          Object value =
              new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
                  .loadFromString(text);
          if (!hasOtherNumbers(value)) {
            assertThat(schema.validate(JSON.valueToTree(named(value))))
                .as("what the schema says")
                .isEmpty();
          }
          String otherwise = inOtherLines(text);
          // It writes the tag of what is no plain value any more in its lines.
          if (!otherwise.contains("! ")) {
            assertThat(LabFile.parse("lab.yaml", otherwise)).isEqualTo(lab);
          }
          return Outcome.ACCEPTED;
        });
  }

  @Test
  void yaml() throws Exception {
    List<String> good = new ArrayList<>(good());
    good.add("%YAML 1.2\n---\n? a\n: &anchor b\nc: *anchor\nd: !!str e\n...\n");
    good.add(
        "list: [a, \"b c\", 'd', {k: v}]\ntext: |2-\n    first\n  second\nfolded: >+\n  one\n  two\n\n");
    Fuzz.check(
        "YAML",
        50,
        Damage.texts(SPICE, good),
        text -> {
          Problems problems = new Problems();
          Optional<YamlNode> root = YamlFile.parse("lab.yaml", text, problems);
          assertThat(root.isPresent() || !problems.isEmpty()).isTrue();
          problems.list().forEach(problem -> inside(problem, text));
          return problems.isEmpty() ? Outcome.ACCEPTED : Outcome.REJECTED;
        });
  }

  /** As 1e3: to the reader a text of three letters, in JSON the same as 1000. */
  private static boolean hasOtherNumbers(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .anyMatch(one -> hasOtherNumbers(one.getKey()) || hasOtherNumbers(one.getValue()));
      case List<?> list -> list.stream().anyMatch(LabFileFuzzTest::hasOtherNumbers);
      case Double number -> number == Math.rint(number);
      case null, default -> false;
    };
  }

  /** In JSON every key is a text. */
  private static @Nullable Object named(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        map.forEach((key, inner) -> named.put(String.valueOf(key), named(inner)));
        yield named;
      }
      case List<?> list -> list.stream().map(LabFileFuzzTest::named).toList();
      case null, default -> value;
    };
  }

  private static void inside(Problem problem, String text) {
    assertThat(problem.toString()).hasLineCount(1);
    assertThat(problem.position().file()).isEqualTo("lab.yaml");
    // As an editor counts them: the line behind the last line end is one too.
    String[] lines = text.split("\n", -1);
    assertThat(problem.position().line()).isBetween(0, text.split("\r\n|[\n\r]", -1).length);
    if (problem.position().line() > 0 && text.indexOf('\r') < 0) {
      String line = lines[problem.position().line() - 1];
      assertThat(problem.position().column()).isBetween(0, line.length() + 1);
    }
  }

  private static String inOtherLines(String text) {
    return new Present(DumpSettings.builder().setWidth(1_000_000).build())
        .emitToString(new Parse(LoadSettings.builder().build()).parseString(text).iterator());
  }
}
