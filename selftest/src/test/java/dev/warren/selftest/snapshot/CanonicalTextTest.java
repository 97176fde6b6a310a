package dev.warren.selftest.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.lab.source.Position;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When two records count as the same. */
class CanonicalTextTest {
  /** With everything that does not count. */
  public record Sample(String summary, Position at, Object value) {}

  @Test
  void leavesOutWhereThingsAreWrittenAndWhatIsForPeople() {
    assertThat(CanonicalText.of(new Sample("one", Position.of("a"), 1)))
        .isEqualTo(CanonicalText.of(new Sample("another", Position.of("b"), 1)))
        .isNotEqualTo(CanonicalText.of(new Sample("one", Position.of("a"), 2)));
  }

  @Test
  void countsTheOrderOfListsButNotThatOfMapsAndSets() {
    Map<String, Integer> forth = new LinkedHashMap<>();
    forth.put("a", 1);
    forth.put("b", 2);
    Map<String, Integer> back = new LinkedHashMap<>();
    back.put("b", 2);
    back.put("a", 1);
    assertThat(CanonicalText.of(forth)).isEqualTo(CanonicalText.of(back));
    assertThat(CanonicalText.of(Set.of("x", "y"))).isEqualTo(CanonicalText.of(Set.of("y", "x")));
    assertThat(CanonicalText.of(List.of("x", "y")))
        .isNotEqualTo(CanonicalText.of(List.of("y", "x")));
  }

  @Test
  void takesNoTextForAnother() {
    assertThat(CanonicalText.of(List.of("a,1:b")))
        .isNotEqualTo(CanonicalText.of(List.of("a", "b")));
  }

  @Test
  void refusesWhatItCannotTellApart() {
    assertThatThrownBy(() -> CanonicalText.of(new Sample("", Position.of("a"), new Object())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Object");
  }

  @Test
  void knowsAllThatTheShippedDefinitionsHold() throws Exception {
    Catalogue samba = CatalogueReader.read(Path.of("../catalogue/samba"));
    assertThatCode(
            () -> {
              samba.testenvs().values().forEach(CanonicalText::of);
              CanonicalText.of(samba.client());
              CanonicalText.of(samba.network());
            })
        .doesNotThrowAnyException();
  }
}
