package dev.warren.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.linux.idmap.IdMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids that the kernel has not are none, whoever wrote them down. */
class AccountFilesTest {
  @Test
  void subordinateIdsBeyondTheLastOneAreNotTaken() {
    IdMap standard = RootIds.of(List.of());

    assertThat(RootIds.of(List.of("root:4294967295:1"))).isEqualTo(standard);
    assertThat(RootIds.of(List.of("root:4294901760:65536"))).isEqualTo(standard);
    assertThat(RootIds.of(List.of("root:4294901759:65536", "root:1:1")).outside(0))
        .hasValue(4294901759L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada:x:4294967295:1000::/home/ada:",
        "ada:x:1000:9999999999::/home/ada:",
        ":x:1000:1000::/home/ada:",
      })
  void aUserWithIdsThatAreNoneIsNone(String line) {
    assertThat(UserIdentity.parse(line)).isEmpty();
  }
}
