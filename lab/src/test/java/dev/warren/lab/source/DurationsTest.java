package dev.warren.lab.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "250us, PT0.00025S",
    "500ms, PT0.5S",
    "60s, PT1M",
    "2m, PT2M",
    "1h, PT1H",
    "0s, PT0S"
  })
  void aNumberWithAUnitIsATime(String text, Duration duration) {
    assertThat(Durations.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0ms", "PT0.0005S, 500us", "PT0.02S, 20ms", "PT1.5S, 1500ms", "PT2S, 2s"})
  void aTimeIsWrittenAsItIsRead(Duration duration, String text) {
    assertThat(Durations.text(duration)).isEqualTo(text);
    assertThat(Durations.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "60", "s", "1.5s", "-1s", "1 s", "1d", "9999999999s", "1s2"})
  void anythingElseIsNot(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }
}
