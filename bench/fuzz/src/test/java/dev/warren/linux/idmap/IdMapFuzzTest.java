package dev.warren.linux.idmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

/** /proc/PID/uid_map, damaged: the ids that it has, or none at all. */
class IdMapFuzzTest {
  private static final BigInteger END = BigInteger.TWO.pow(32);

  @Test
  void idMaps() throws Exception {
    Fuzz.check(
        "/proc/PID/uid_map",
        100,
        Damage.texts(
            List.of(" ", "\t", "\n", "-", "+", "0", "1 2 3", "0 0 0", "4294967295"),
            List.of(
                "         0          0 4294967295\n",
                "0 1000 1\n1 100000 65535\n",
                "0 1000 1\n",
                "0 100000 1000\n1000 1000 1\n1001 101000 64535\n")),
        text -> {
          IdMap map;
          try {
            map = IdMap.parse(text.lines().toList());
          } catch (IOException refused) {
            return Outcome.REJECTED;
          }
          BigInteger sum = BigInteger.ZERO;
          Scanner words = new Scanner(text);
          for (IdMap.Range range : map.ranges()) {
            BigInteger inside = words.nextBigInteger();
            BigInteger outside = words.nextBigInteger();
            BigInteger count = words.nextBigInteger();
            assertThat(List.of(range.inside(), range.outside(), range.count()))
                .isEqualTo(
                    List.of(
                        inside.longValueExact(), outside.longValueExact(), count.longValueExact()));
            assertThat(inside.signum()).as("first id").isNotNegative();
            assertThat(outside.signum()).as("first id outside").isNotNegative();
            assertThat(outside).isLessThan(END);
            assertThat(count.signum()).as("count").isPositive();
            assertThat(inside.add(count)).as("end").isLessThan(END);
            sum = sum.add(count);
          }
          assertThat(words.hasNext()).as("more words").isFalse();
          assertThat(map.size()).isEqualTo(sum.longValueExact());
          assertThat(sum).as("all ids once").isLessThan(END);
          assertThat(IdMap.parse(map.text().lines().toList())).isEqualTo(map);
          return Outcome.ACCEPTED;
        });
  }
}
