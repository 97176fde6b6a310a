package dev.warren.lab.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {

  @ParameterizedTest
  @CsvSource({
    "9600bit/s, 9600",
    "64kbit/s, 64000",
    "1.5Mbit/s, 1500000",
    "10Mbit/s, 10000000",
    "1Gbit/s, 1000000000",
  })
  void aNumberWithAUnitIsARate(String text, long bits) {
    assertThat(Rates.parse(text)).hasValue(bits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10mbit",
        "10Mbit",
        "10MB/s",
        "-1bit/s",
        "1.2345Mbit/s",
        "Mbit/s",
        "1.5bit/s"
      })
  void anythingElseIsNot(String text) {
    assertThat(Rates.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "800, 800bit/s",
    "64000, 64kbit/s",
    "1500000, 1.5Mbit/s",
    "1234567, 1234567bit/s",
    "65535500000, 65535.5Mbit/s",
  })
  void aRateIsWrittenAsItIsRead(long bits, String text) {
    assertThat(Rates.text(bits)).isEqualTo(text);
    assertThat(Rates.parse(text)).hasValue(bits);
  }
}
