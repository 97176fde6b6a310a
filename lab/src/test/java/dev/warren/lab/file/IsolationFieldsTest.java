package dev.warren.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.IdRange;
import dev.warren.lab.source.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The namespaces that hosts have for themselves as lab files say them. */
class IsolationFieldsTest {
  private static HostIsolation isolation(String text) throws BadInputException {
    return LabFile.parse("lab.yaml", "hosts:\n  a:\n    isolation: " + text)
        .host("a")
        .orElseThrow()
        .isolation();
  }

  @Test
  void aHostCanHaveNamespacesOfItsOwn() throws Exception {
    assertThat(isolation("{user: true, ids: 1000-1999, cgroup: true}"))
        .isEqualTo(HostIsolation.NONE.withUser(new IdRange(1000, 1999)).withCgroup());
    assertThat(isolation("{user: true}")).isEqualTo(HostIsolation.NONE.withUser());
    assertThat(isolation("{user: false}")).isEqualTo(HostIsolation.NONE);
  }

  @Test
  void aKindCanHaveThemForItsHosts() throws Exception {
    assertThat(
            LabFile.parse(
                    "lab.yaml",
                    "kinds:\n  own:\n    isolation: {user: true}\nhosts:\n  a: {kind: own}\n")
                .host("a")
                .orElseThrow()
                .isolation())
        .isEqualTo(HostIsolation.NONE.withUser());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{user: maybe}          | 3:23: ",
        "{users: true}          | 3:17: unknown key \"users\"; did you mean \"user\"?",
        "{user: true, ids: 7}   | 3:34: \"7\" is no range of ids: write it like 100000-165535",
        "{user: true, ids: 9-1} | 3:34: 9-1 is no range of ids: 0 to 4294967294, the smaller first",
        "{ids: 1-9}             | 3:22: ids are those of a user namespace of the host's own",
        "true                   | 3:16: a mapping",
      })
  void aMistakeIsShownWhereItIs(String text, String message) {
    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(() -> isolation(text))
        .withMessageContaining("lab.yaml:" + message.strip());
  }
}
