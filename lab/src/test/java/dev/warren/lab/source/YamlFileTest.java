package dev.warren.lab.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {

  private final Problems problems = new Problems();

  @Test
  void everyNodeKnowsWhereItStarts() {
    YamlNode root =
        read(
            """
            name: three
            hosts:
              - a
              - {name: b}
            """);

    assertThat(root.position()).hasToString("f.yaml:1:1");
    MappingNode mapping = (MappingNode) root;
    assertThat(mapping.entry("hosts").orElseThrow().key().position()).hasToString("f.yaml:2:1");
    SequenceNode hosts = (SequenceNode) mapping.get("hosts").orElseThrow();
    assertThat(hosts.items())
        .extracting(item -> item.position().toString())
        .containsExactly("f.yaml:3:5", "f.yaml:4:5");
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void aScalarStaysTheTextThatIsWritten() {
    MappingNode root = (MappingNode) read("mode: 0644\nanswer: yes\nversion: 1.10\nempty:\n");

    assertThat(root.entries())
        .extracting(entry -> ((ScalarNode) entry.value()).value())
        .containsExactly("0644", "yes", "1.10", "");
  }

  @Test
  void aPlaceInALiteralBlockIsKnownToTheColumn() {
    MappingNode root =
        (MappingNode)
            read(
                """
                text: |

                  first
                    second ${X}
                """);
    ScalarNode text = (ScalarNode) root.get("text").orElseThrow();

    assertThat(text.positionOf(text.value().indexOf("${X}"))).hasToString("f.yaml:4:12");
  }

  @Test
  void aPlaceInAQuotedScalarCountsTheQuote() {
    MappingNode root = (MappingNode) read("path: \"/a/${X}\"\n");
    ScalarNode path = (ScalarNode) root.get("path").orElseThrow();

    assertThat(path.positionOf(3)).hasToString("f.yaml:1:11");
  }

  @Test
  void aKeyThatIsThereTwiceIsReportedAtTheSecond() {
    read("a: 1\nb: 2\na: 3\n");

    assertThat(found())
        .containsExactly("f.yaml:3:1: the key \"a\" is there twice: first in line 1");
  }

  @Test
  void aSyntaxErrorHasLineAndColumn() {
    parseNothing("a: [1, 2\nb: 3\n");

    assertThat(found()).singleElement().asString().startsWith("f.yaml:2:2: this is not YAML: ");
  }

  @Test
  void aTabAsIndentationIsASyntaxError() {
    parseNothing("a:\n\tb: 1\n");

    assertThat(found()).singleElement().asString().startsWith("f.yaml:2:1: this is not YAML: ");
  }

  @Test
  void aControlCharacterIsReportedAtItsPlace() {
    parseNothing("a: 1\nb: \u0007\n");

    assertThat(found()).containsExactly("f.yaml:2:4: the character U+0007 is not allowed");
  }

  @Test
  void anEscapeThatTheFileEndsInIsReported() {
    parseNothing("a: 1\nb: \"\\x");

    assertThat(found())
        .containsExactly("f.yaml:2:1: this is not YAML: there is a bad escape after this place");
  }

  @Test
  void anEmptyFileIsReported() {
    parseNothing("# nothing but a comment\n");

    assertThat(found()).containsExactly("f.yaml: the file is empty");
  }

  @Test
  void aSecondDocumentIsReported() {
    read("a: 1\n---\nb: 2\n");

    assertThat(found())
        .containsExactly("f.yaml:2:1: a second document starts here: one file holds one");
  }

  @Test
  void anchorsAliasesAndTagsAreRefused() {
    read("a: &x 1\nb: *x\nc: !secret 2\n");

    assertThat(found())
        .containsExactly(
            "f.yaml:1:4: anchors are not supported: &x",
            "f.yaml:2:4: aliases are not supported: write out what *x means",
            "f.yaml:3:4: tags are not supported: !secret");
  }

  @Test
  void aMappingAsKeyIsRefused() {
    read("? {a: 1}\n: 2\n");

    assertThat(found()).containsExactly("f.yaml:1:3: a key must be a single value, not a mapping");
  }

  @Test
  void endlessNestingIsRefusedWhereItGetsTooDeep() {
    parseNothing("[".repeat(1_000_000));

    assertThat(found()).containsExactly("f.yaml:1:66: this is nested too deep: at most 64 levels");
  }

  @Test
  void aThousandsLinesOfNestedAliasesAreReadAtOnce() {
    String bomb =
        "a0: &a0 [x, x]\n"
            + IntStream.range(1, 1000)
                .mapToObj(i -> "a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1))
                .collect(Collectors.joining());

    read(bomb);

    assertThat(problems.list()).hasSize(1000 + 2 * 999);
  }

  @Test
  void aFileThatIsNotThereIsAProblemOfTheFile(@TempDir Path folder) {
    Path file = folder.resolve("lab.yaml");

    assertThat(YamlFile.read(file, problems)).isEmpty();
    assertThat(found()).containsExactly(file + ": there is no such file");
  }

  @Test
  void aFileThatIsNotUtf8IsReportedWhereItStopsToBe(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("lab.yaml");
    Files.write(file, "name: x\nsummary: K\u00f6nig\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(YamlFile.read(file, problems)).isEmpty();
    assertThat(found()).containsExactly(file + ":2:11: the file is not UTF-8 from here on");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("lab.yaml");
    Files.writeString(file, "\uFEFFname: x\n");

    MappingNode root = (MappingNode) YamlFile.read(file, problems).orElseThrow();

    assertThat(root.keys()).containsExactly("name");
  }

  @Test
  void aHugeFileIsNotRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("lab.yaml");
    Files.write(file, new byte[YamlFile.MAX_SIZE + 1]);

    assertThat(YamlFile.read(file, problems)).isEmpty();
    assertThat(found())
        .containsExactly(file + ": the file has 4194305 bytes, at most 4194304 are read");
  }

  private YamlNode read(String text) {
    return YamlFile.parse("f.yaml", text, problems).orElseThrow();
  }

  private void parseNothing(String text) {
    assertThat(YamlFile.parse("f.yaml", text, problems)).isEmpty();
  }

  private Iterable<String> found() {
    return problems.list().stream().map(Problem::toString).toList();
  }
}
