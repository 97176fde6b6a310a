package dev.warren.lab.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FieldsTest {

  private final Problems problems = new Problems();

  @Test
  void valuesAreTakenByKeyAndType() {
    Fields fields =
        fields("name: a\ncount: 3\nwait: 500ms\non: true\nlist: [x, y]\nmap: {K: v, L: 1}\n");

    assertThat(fields.text("name")).contains("a");
    assertThat(fields.integer("count", 0, 9)).hasValue(3);
    assertThat(fields.duration("wait")).contains(Duration.ofMillis(500));
    assertThat(fields.flag("on")).contains(true);
    assertThat(fields.texts("list")).containsExactly("x", "y");
    assertThat(fields.textMap("map")).hasToString("{K=v, L=1}");
    fields.done();
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void aKeyThatIsNotThereIsEmptyAndNoProblem() {
    Fields fields = fields("{}");

    assertThat(fields.text("name")).isEmpty();
    assertThat(fields.items("list")).isEmpty();
    assertThat(fields.fields("map")).isEmpty();
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void aRequiredKeyThatIsNotThereIsReportedAtTheMapping() {
    fields("a: 1").require("name");

    assertThat(found()).containsExactly("f.yaml:1:1: the key \"name\" is missing here");
  }

  @Test
  void aMisspelledKeyIsReportedWithTheOneThatWasMeant() {
    Fields fields = fields("name: a\nintreface: 3\n");
    fields.text("name");
    fields.integer("interface", 1, 9);
    fields.done();

    assertThat(found())
        .containsExactly("f.yaml:2:1: unknown key \"intreface\"; did you mean \"interface\"?");
  }

  @Test
  void anUnknownKeyIsReportedWithTheKnownOnes() {
    Fields fields = fields("colour: red\n");
    fields.text("name");
    fields.texts("hosts");
    fields.done();

    assertThat(found())
        .containsExactly("f.yaml:1:1: unknown key \"colour\"; known here: name, hosts");
  }

  @Test
  void aValueOfTheWrongKindIsReportedAtTheValue() {
    Fields fields = fields("name: [a]\nlist: x\nmap: 3\nnothing:\n");
    fields.text("name");
    fields.texts("list");
    fields.textMap("map");
    fields.text("nothing");

    assertThat(found())
        .containsExactly(
            "f.yaml:1:7: a single value is expected, but this is a list",
            "f.yaml:2:7: a list ([a, b], or lines with \"- \") is expected, but this is a single"
                + " value",
            "f.yaml:3:6: a mapping (key: value) is expected, but this is a single value",
            "f.yaml:4:9: a text is expected, but there is no value");
  }

  @Test
  void numbersSwitchesAndTimesAreChecked() {
    Fields fields = fields("count: 99\nsize: big\nquoted: \"3\"\non: yes\nwait: 60\n");
    fields.integer("count", 0, 9);
    fields.integer("size", 0, 9);
    fields.integer("quoted", 0, 9);
    fields.flag("on");
    fields.duration("wait");

    assertThat(found())
        .containsExactly(
            "f.yaml:1:8: 99 is out of range: 0 to 9",
            "f.yaml:2:7: a whole number is expected, but this is \"big\"",
            "f.yaml:3:9: a whole number is expected, but this is \"3\"",
            "f.yaml:4:5: true or false is expected, but this is \"yes\"",
            "f.yaml:5:7: a time like 500ms, 60s, 2m or 1h is expected, but this is \"60\"");
  }

  @Test
  void aLongValueIsShortenedInMessages() {
    fields("count: |\n  first\n  second\n").integer("count", 0, 9);

    assertThat(found())
        .containsExactly("f.yaml:1:8: a whole number is expected, but this is \"first...\"");
  }

  @Test
  void nothingFollowsFromANodeThatIsNoMapping() {
    Fields fields = fields("[a]");
    fields.text("name");
    fields.done();

    assertThat(found())
        .containsExactly("f.yaml:1:1: a mapping (key: value) is expected, but this is a list");
  }

  private Fields fields(String text) {
    return Fields.of(YamlFile.parse("f.yaml", text, problems).orElseThrow(), problems);
  }

  private Iterable<String> found() {
    return problems.list().stream().map(Problem::toString).toList();
  }
}
