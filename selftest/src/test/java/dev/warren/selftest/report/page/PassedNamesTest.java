package dev.warren.selftest.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassedNamesTest {
  @Test
  void keepsOnceWhatAllHaveInCommon() {
    assertThat(PassedNames.of(List.of("samba.dns.a(ad_dc)", "samba.dns.b(ad_dc)")))
        .isEqualTo(new PassedNames("samba.dns.", "(ad_dc)", List.of("a", "b")));
  }

  @Test
  void takesNoPartOfANameTwice() {
    assertThat(PassedNames.of(List.of("aa", "aaa")))
        .isEqualTo(new PassedNames("aa", "", List.of("", "a")));
    assertThat(PassedNames.of(List.of("only"))).isEqualTo(new PassedNames("only", "", List.of("")));
  }

  @Test
  void cutsNoCharacterApart() {
    assertThat(PassedNames.of(List.of("x\uD83D\uDE00", "x\uD83D\uDE01")).start()).isEqualTo("x");
    assertThat(PassedNames.of(List.of("\uD83D\uDE00x", "\uD83C\uDE00x")).end()).isEqualTo("x");
  }

  @Test
  void givesBackWhateverNamesThereAre() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      List<String> names =
          IntStream.range(0, random.nextInt(5)).mapToObj(_ -> name(random)).toList();
      PassedNames kept = PassedNames.of(names);
      assertThat(kept.middles().stream().map(one -> kept.start() + one + kept.end()))
          .containsExactlyElementsOf(names);
    }
  }

  private static String name(Random random) {
    return random
        .ints(random.nextInt(6), 0, 3)
        .mapToObj(c -> c == 0 ? "a" : c == 1 ? "b" : "\uD83D\uDE00")
        .reduce("", String::concat);
  }
}
