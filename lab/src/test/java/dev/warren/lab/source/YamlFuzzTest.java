package dev.warren.lab.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.testing.Mutator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged YAML gives nodes or problems: it throws nothing and does not hang. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class YamlFuzzTest {

  private static final String SPICE = "\t\n :-[]{}\"'|>&*!%@`#?,~\\\u0000\u0085\uFEFF\uD800";

  private static final String[] GOOD = {
    """
    # a comment
    name: three
    list: [a, "b c", 'd', {k: v}]
    text: |2-
        first
      second ${X}
    folded: >+
      one
      two

    nested:
      - - 1
        - {a: [1, 2], b: ~}
      - "\\u00e9\\x41\\n"
    """,
    """
    %YAML 1.2
    ---
    ? a
    : &anchor b
    c: *anchor
    d: !!str e
    ...
    """
  };

  @Test
  void damagedTextIsReadOrReported() {
    Mutator.texts(4_000, SPICE, GOOD)
        .forEach(
            text -> {
              Problems problems = new Problems();
              Optional<YamlNode> root = YamlFile.parse("f.yaml", text, problems);
              assertThat(root.isPresent() || !problems.isEmpty()).as(text).isTrue();
              assertThat(problems.list())
                  .as(text)
                  .allSatisfy(problem -> assertThat(problem.toString()).hasLineCount(1));
            });
  }
}
