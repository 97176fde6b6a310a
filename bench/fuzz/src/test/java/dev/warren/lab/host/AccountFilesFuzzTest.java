package dev.warren.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import dev.warren.linux.idmap.IdMap;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** /etc/subuid and passwd, damaged: ids that there are, or the line is none. */
class AccountFilesFuzzTest {
  private static final long NONE = 0xffffffffL;

  /** What hosts get where nothing is set aside for root. */
  private static final long STANDARD = 0x80000;

  @Test
  void rangesOfIds() throws Exception {
    Fuzz.check(
        "/etc/subuid",
        100,
        Damage.texts(
            List.of(":", "root", "0", "\n", "-", " ", "65536"),
            List.of("ada:100000:65536\nroot:165536:65536\n", "0:524288:1000\n", "root:1:1\n", "")),
        text -> {
          IdMap map = RootIds.of(text.lines().toList());
          assertThat(map.ranges()).hasSize(1);
          IdMap.Range range = map.ranges().getFirst();
          assertThat(range.inside()).isZero();
          assertThat(range.count()).isBetween(1L, 65536L);
          assertThat(range.outside()).isPositive();
          assertThat(range.outside() + range.count()).as("the end").isLessThanOrEqualTo(NONE);
          boolean standard = range.outside() == STANDARD;
          assertThat(standard || firstOfRoot(text).equals(Optional.of(range)))
              .as("%s is what the first line of root says", range)
              .isTrue();
          return standard ? Outcome.REJECTED : Outcome.ACCEPTED;
        });
  }

  /** Read by hand, character by character; empty where no line of root's has two numbers. */
  private static Optional<IdMap.Range> firstOfRoot(String text) {
    for (String line : text.lines().toList()) {
      List<String> words = List.of(line.strip().split(":", -1));
      if (words.size() == 3
          && List.of("root", "0").contains(words.getFirst())
          && words.stream().skip(1).allMatch(AccountFilesFuzzTest::isNumber)) {
        long count = Math.min(65536, Long.parseLong(words.get(2)));
        return Optional.of(new IdMap.Range(0, Long.parseLong(words.get(1)), count));
      }
    }
    return Optional.empty();
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty()
        && word.length() <= 10
        && word.charAt(0) != '0'
        && word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Test
  void users() throws Exception {
    Fuzz.check(
        "passwd",
        100,
        Damage.texts(
            List.of(":", "::", "x", "0", "\n", "-", " ", "\0", "/"),
            List.of(
                "root:x:0:0:root:/root:/bin/bash",
                "ada:x:1000:1000:Ada,,,:/home/ada:",
                "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin")),
        line -> {
          Optional<UserIdentity> read = UserIdentity.parse(line);
          if (read.isEmpty()) {
            return Outcome.REJECTED;
          }
          UserIdentity user = read.get();
          assertThat(user.uid()).isBetween(0L, NONE - 1);
          assertThat(user.gid()).isBetween(0L, NONE - 1);
          assertThat(user.name()).isNotEmpty();
          String[] told = line.strip().split(":", -1);
          assertThat(List.of(user.name(), user.home())).isEqualTo(List.of(told[0], told[5]));
          assertThat(new BigInteger(told[2])).isEqualTo(BigInteger.valueOf(user.uid()));
          assertThat(new BigInteger(told[3])).isEqualTo(BigInteger.valueOf(user.gid()));
          assertThat(line.chars().filter(c -> c == ':').count()).isEqualTo(6);
          assertThat(user.shell()).isNotEmpty();
          return Outcome.ACCEPTED;
        });
  }
}
