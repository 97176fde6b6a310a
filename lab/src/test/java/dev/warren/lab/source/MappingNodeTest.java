package dev.warren.lab.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MappingNodeTest {

  private final MappingNode base =
      mapping("base.yaml", "host: {name: a, private: [/x, /y]}\nsummary: below\n");
  private final MappingNode child =
      mapping("child.yaml", "summary: above\nhost:\n  private: [/z]\n  interface: 3\n");

  @Test
  void laidOverAnotherItMergesKeyByKey() {
    MappingNode merged = child.over(base);

    assertThat(merged.keys()).containsExactly("host", "summary");
    assertThat(((MappingNode) value(merged, "host")).keys())
        .containsExactly("name", "private", "interface");
    assertThat(((ScalarNode) value(merged, "summary")).value()).isEqualTo("above");
  }

  @Test
  void aListReplacesTheListBelow() {
    MappingNode host = (MappingNode) value(child.over(base), "host");

    assertThat(((SequenceNode) value(host, "private")).items()).hasSize(1);
  }

  @Test
  void eachNodeKeepsThePositionInItsOwnFile() {
    MappingNode host = (MappingNode) value(child.over(base), "host");

    assertThat(value(host, "name").position()).hasToString("base.yaml:1:14");
    assertThat(value(host, "interface").position()).hasToString("child.yaml:4:14");
  }

  private static YamlNode value(MappingNode mapping, String key) {
    return mapping.get(key).orElseThrow();
  }

  private static MappingNode mapping(String file, String text) {
    Optional<YamlNode> node = YamlFile.parse(file, text, new Problems());
    return (MappingNode) node.orElseThrow();
  }
}
