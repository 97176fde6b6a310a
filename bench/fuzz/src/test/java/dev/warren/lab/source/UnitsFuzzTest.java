package dev.warren.lab.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Times, rates, sizes and percentages, damaged: what they say, exactly, or none. */
class UnitsFuzzTest {
  private static final List<String> SPICE =
      List.of(
          ".", "-", "+", " ", "0", "9", "ms", "us", "s", "m", "h", "k", "M", "G", "i", "B", "bit/s",
          "%", "e", "_", "\n");

  @Test
  void times() throws Exception {
    Map<String, Long> nanos =
        Map.of(
            "us",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);
    Fuzz.check(
        "times",
        100,
        Damage.texts(SPICE, List.of("100us", "500ms", "60s", "2m", "1h", "999999999h")),
        text -> {
          Optional<Duration> read = Durations.parse(text);
          if (read.isEmpty()) {
            return Outcome.REJECTED;
          }
          BigDecimal told = product(text, nanos);
          assertThat(
                  BigDecimal.valueOf(read.get().toSeconds())
                      .movePointRight(9)
                      .add(BigDecimal.valueOf(read.get().toNanosPart())))
              .isEqualByComparingTo(told);
          return Outcome.ACCEPTED;
        });
  }

  @Test
  void sizes() throws Exception {
    Map<String, Long> units =
        Map.of(
            "B",
            1L,
            "kB",
            1000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "KiB",
            1024L,
            "MiB",
            1048576L,
            "GiB",
            1073741824L);
    Fuzz.check(
        "sizes",
        100,
        Damage.texts(SPICE, List.of("4096B", "64MiB", "1GB", "999999999GiB", "12kB", "7KiB")),
        text -> exact(Sizes.parse(text), text, units));
  }

  @Test
  void rates() throws Exception {
    Map<String, Long> units =
        Map.of("bit/s", 1L, "kbit/s", 1000L, "Mbit/s", 1_000_000L, "Gbit/s", 1_000_000_000L);
    Fuzz.check(
        "rates",
        100,
        Damage.texts(
            SPICE, List.of("64kbit/s", "1.5Mbit/s", "1Gbit/s", "9600bit/s", "0.001kbit/s")),
        text -> {
          OptionalLong read = Rates.parse(text);
          if (read.isPresent()) {
            assertThat(Rates.parse(Rates.text(read.getAsLong()))).isEqualTo(read);
          }
          return exact(read, text, units);
        });
  }

  @Test
  void percentages() throws Exception {
    Fuzz.check(
        "percentages",
        100,
        Damage.texts(SPICE, List.of("1%", "0.05%", "100%", "99.999999%")),
        text -> {
          OptionalDouble read = Percents.parse(text);
          if (read.isEmpty()) {
            return Outcome.REJECTED;
          }
          assertThat(text).endsWith("%");
          BigDecimal told = new BigDecimal(text.substring(0, text.length() - 1));
          assertThat(new BigDecimal(Double.toString(read.getAsDouble())))
              .isEqualByComparingTo(told);
          assertThat(told).isBetween(BigDecimal.ZERO, BigDecimal.valueOf(100));
          assertThat(Percents.parse(Percents.text(read.getAsDouble()))).isEqualTo(read);
          return Outcome.ACCEPTED;
        });
  }

  private static Outcome exact(OptionalLong read, String text, Map<String, Long> units) {
    if (read.isEmpty()) {
      return Outcome.REJECTED;
    }
    assertThat(BigDecimal.valueOf(read.getAsLong())).isEqualByComparingTo(product(text, units));
    return Outcome.ACCEPTED;
  }

  /** Number and unit, split where the first letter is. */
  private static BigDecimal product(String text, Map<String, Long> units) {
    int unit = 0;
    while (unit < text.length() && !Character.isLetter(text.charAt(unit))) {
      unit++;
    }
    Long factor = units.get(text.substring(unit));
    assertThat(factor).as("a unit").isNotNull();
    return new BigDecimal(text.substring(0, unit))
        .multiply(BigDecimal.valueOf(Objects.requireNonNull(factor)));
  }
}
