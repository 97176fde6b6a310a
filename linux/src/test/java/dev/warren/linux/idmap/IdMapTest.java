package dev.warren.linux.idmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.List;
import org.junit.jupiter.api.Test;

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

  @Test
  void somethingElseIsRefused() {
    assertThatIOException().isThrownBy(() -> IdMap.parse(List.of("0 x 1")));
  }

  @Test
  void thisProcessHasAMap() throws Exception {
    assertThat(IdMap.ofUsers().size()).isPositive();
  }
}
