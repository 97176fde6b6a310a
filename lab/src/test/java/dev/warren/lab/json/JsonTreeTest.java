package dev.warren.lab.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonTreeTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"text\"",
        "null",
        " ",
        """
        {"lab": "a\\u00e4\\n", "pid": 4711, "seed": -9223372036854775808, "big": 123456789012345678901234567890,
         "frozen": true, "own": false, "none": null, "ratio": 0.25, "hosts": [{"name": "a"}, [1, [2]], "b"], "pid": 2}
        """
      })
  void aTreeIsWhatAMapperReads(String text) {
    assertThat(JsonTree.read(text)).isEqualTo(MAPPER.readTree(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"text\"",
        "null",
        """
        {"lab": "a\\u00e4\\n\\"\\\\\\u0001", "pid": 4711, "seed": -9223372036854775808, "frozen": true, "own": false,
         "none": null, "ratio": 0.25, "hosts": [{"name": "a"}, [1, [2]], [], {}, "b"]}
        """
      })
  void aTreeIsWrittenAsAMapperWritesIt(String text) {
    JsonNode tree = MAPPER.readTree(text);
    assertThat(JsonTree.pretty(tree)).isEqualTo(tree.toPrettyString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\"",
        "{\"a\":",
        "[1,",
        "[1,]",
        "{\"a\":1,}",
        "nul",
        "{1:2}",
        "]",
        "1 2",
        "{} x"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> JsonTree.read(text)).isInstanceOf(JacksonException.class);
  }
}
