package dev.warren.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.lab.description.HostLimits;
import dev.warren.lab.source.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of hosts as lab files say them. */
class LimitFieldsTest {
  private static HostLimits limits(String text) throws BadInputException {
    return LabFile.parse("lab.yaml", "hosts:\n  a:\n    limits: " + text)
        .host("a")
        .orElseThrow()
        .limits();
  }

  @Test
  void aHostCanHaveLimits() throws Exception {
    assertThat(limits("{memory: 256MiB, cpu: 0.5, processes: 100}"))
        .isEqualTo(HostLimits.NONE.withMemory(256 << 20).withCpu(0.5).withProcesses(100));
  }

  @Test
  void whatIsNotSaidIsNotLimited() throws Exception {
    assertThat(limits("{cpu: 2}")).isEqualTo(HostLimits.NONE.withCpu(2));
    assertThat(limits("{}")).isEqualTo(HostLimits.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{memory: 1MiB}     | 3:22: 1MiB of memory are too few: a limit is at least 6MiB",
        "{memory: much}     | 3:22: a size like 4096kB, 64MiB or 1GB is expected, but this is much",
        "{cpu: 0}           | 3:19: cpu is a number of processors from 0.01 to 8192, not 0.0",
        "{cpu: half}        | 3:19: a number of processors like 0.5 or 2 is expected, but this is half",
        "{processes: 3}     | 3:25: ",
        "{cpus: 1}          | 3:14: unknown key \"cpus\"; did you mean \"cpu\"?",
        "5                  | 3:13: a mapping",
      })
  void aMistakeIsShownWhereItIs(String text, String message) {
    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(() -> limits(text))
        .withMessageContaining("lab.yaml:" + message.strip());
  }
}
