package dev.warren.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatTest {
  private static final String REST = " 1 42 42 0 -1 4194560 123 0 1 0 15 7 0 0 20 0 3 0 5566 1 1\n";

  @Test
  void aNameMayHoldAnything() {
    ProcessStat stat = ProcessStat.parse("42 (a) S (b\n) t" + REST).orElseThrow();

    assertThat(stat.name()).isEqualTo("a) S (b\n");
    assertThat(stat.state()).isEqualTo('t');
    assertThat(stat.cpu()).isEqualTo(Duration.ofMillis(220));
    assertThat(stat.start()).isEqualTo(5566);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "42",
        "42 (a) S 1 2",
        "x (a) S" + REST,
        "(a) S" + REST,
        "-42 (a) S" + REST,
        "42 (a)  1" + REST,
        "42 (a) SS" + REST,
        "42 (a) S x" + REST,
      })
  void anythingElseIsNone(String stat) {
    assertThat(ProcessStat.parse(stat)).isEmpty();
  }
}
