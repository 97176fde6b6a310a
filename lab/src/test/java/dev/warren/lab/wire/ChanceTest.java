package dev.warren.lab.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.warren.lab.wire.Chance.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChanceTest {
  private static final Chance CHANCE = Chance.of(42, "a", 30, "to-host");

  private static List<Long> hits(Chance chance, Kind kind) {
    return LongStream.range(0, 1000).filter(n -> chance.hits(kind, n, 5)).boxed().toList();
  }

  @Test
  void theSameSeedHitsTheSamePackets() {
    assertThat(hits(Chance.of(42, "a", 30, "to-host"), Kind.LOSS))
        .isEqualTo(hits(CHANCE, Kind.LOSS))
        .isNotEmpty();
  }

  @Test
  void aPacketsFateDoesNotDependOnWhatWasAskedBefore() {
    boolean alone = CHANCE.hits(Kind.LOSS, 500, 50);
    var _ = hits(CHANCE, Kind.LOSS);
    assertThat(CHANCE.hits(Kind.LOSS, 500, 50)).isEqualTo(alone);
  }

  @Test
  void seedHostInterfaceAndDirectionEachMakeAnotherChance() {
    assertThat(
            List.of(
                hits(CHANCE, Kind.LOSS),
                hits(Chance.of(43, "a", 30, "to-host"), Kind.LOSS),
                hits(Chance.of(42, "b", 30, "to-host"), Kind.LOSS),
                hits(Chance.of(42, "a", 31, "to-host"), Kind.LOSS),
                hits(Chance.of(42, "a", 30, "from-host"), Kind.LOSS),
                hits(CHANCE, Kind.DUPLICATION)))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 10, 50, 99})
  void asManyAreHitAsWereAskedFor(double percent) {
    long hits =
        LongStream.range(0, 1_000_000).filter(n -> CHANCE.hits(Kind.LOSS, n, percent)).count();
    assertThat(hits / 10_000.0).isCloseTo(percent, within(0.25));
  }

  @ParameterizedTest
  @EnumSource
  void nothingOrEverythingIsHitAtTheEnds(Kind kind) {
    assertThat(LongStream.range(-1000, 1000).anyMatch(n -> CHANCE.hits(kind, n, 0))).isFalse();
    assertThat(LongStream.range(-1000, 1000).allMatch(n -> CHANCE.hits(kind, n, 100))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void numbersAreSpreadEvenly(Kind kind) {
    int[] tenths = new int[10];
    LongStream.range(0, 100_000).forEach(n -> tenths[(int) (CHANCE.draw(kind, n) * 10)]++);
    assertThat(Arrays.stream(tenths)).allMatch(count -> count >= 9_500 && count <= 10_500);
  }
}
