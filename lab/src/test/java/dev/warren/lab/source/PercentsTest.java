package dev.warren.lab.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentsTest {

  @ParameterizedTest
  @CsvSource({"0%, 0", "0.05%, 0.05", "1%, 1", "100%, 100"})
  void aNumberWithASignIsAShare(String text, double percent) {
    assertThat(Percents.parse(text)).hasValue(percent);
    assertThat(Percents.text(percent)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0.5", "101%", "-1%", "1 %", "1,5%", "0.1234567%", "007%"})
  void anythingElseIsNot(String text) {
    assertThat(Percents.parse(text)).isEmpty();
  }
}
