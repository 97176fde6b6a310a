package dev.warren.linux.idmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdMapTest {
  @Test
  void theMachinesOwnMapIsKnownAsSuch() throws Exception {
    IdMap map = IdMap.parse(List.of("         0          0 4294967295"));

    assertThat(map.isInitial()).isTrue();
    assertThat(map.size()).isEqualTo(4294967295L);
  }

  @Test
  void aSubIdRangeAddsToTheCallersOwnId() throws Exception {
    IdMap map = IdMap.parse(List.of("0 1000 1", "1 100000 65535"));

    assertThat(map.isInitial()).isFalse();
    assertThat(map.size()).isEqualTo(65536);
    assertThat(map.ranges()).element(1).isEqualTo(new IdMap.Range(1, 100000, 65535));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 x 1",
        "0 1000",
        "0 1000 1 7",
        "-1 1000 1",
        "+0 1000 1",
        "0 1000 0",
        "1 1000 4294967295",
        "0 4294967296 1",
        "0 1000 2\n1 5000 1",
      })
  void somethingElseIsRefused(String map) {
    assertThatIOException().isThrownBy(() -> IdMap.parse(map.lines().toList()));
  }

  @Test
  void idsThatTheReadersNamespaceHasNotAreNone() throws Exception {
    assertThat(IdMap.parse(List.of("0 4294967295 65536")).size()).isEqualTo(65536);
  }

  @Test
  void thisProcessHasAMap() throws Exception {
    assertThat(IdMap.ofUsers().size()).isPositive();
  }
}
