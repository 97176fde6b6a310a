package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class JobsOptionsTest {
  @Test
  void oneSuiteRunsAtATimeUnlessAskedOtherwise() {
    assertThat(parse().jobs()).isEqualTo(1);
    assertThat(parse("--jobs=4").jobs()).isEqualTo(4);
    assertThat(parse().resetup()).isFalse();
    assertThat(parse("--resetup").resetup()).isTrue();
  }

  @Test
  void asManyAsThereAreProcessors() {
    assertThat(parse("--jobs=auto").jobs()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "two", "", "1.5", "99999999999"})
  void refusesWhatIsNoNumberOfJobs(String text) {
    assertThatThrownBy(() -> parse("--jobs=" + text))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("is no number of jobs: 1 to 1000, or auto");
  }

  private static JobsOptions parse(String... arguments) {
    return CommandLine.populateCommand(new JobsOptions(), arguments);
  }
}
