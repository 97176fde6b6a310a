package dev.warren.selftest.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
  private static final Map<String, String> GITLAB =
      Map.of("CI_NODE_INDEX", "2", "CI_NODE_TOTAL", "4");
  private static final Map<String, String> KUBERNETES = Map.of("JOB_COMPLETION_INDEX", "0");

  @Test
  void isWrittenAsNumberAndCount() {
    assertThat(Shard.parse("2/4", Map.of())).isEqualTo(new Shard(2, 4)).hasToString("2/4");
  }

  @Test
  void gitlabTellsBoth() {
    assertThat(Shard.parse("", GITLAB)).isEqualTo(new Shard(2, 4));
  }

  @Test
  void kubernetesCountsFromZeroAndDoesNotTellHowManyThereAre() {
    assertThat(Shard.parse("3", KUBERNETES)).isEqualTo(new Shard(1, 3));
    assertThatThrownBy(() -> Shard.parse("", KUBERNETES))
        .hasMessageContaining("how many shards there are is not known");
    assertThat(Shard.parse("", Map.of("JOB_COMPLETION_INDEX", "4", "JOB_COMPLETIONS", "5")))
        .isEqualTo(new Shard(5, 5));
  }

  @Test
  void whatIsWrittenWinsOverTheEnvironment() {
    assertThat(Shard.parse("1/2", GITLAB)).isEqualTo(new Shard(1, 2));
  }

  @Test
  void theTotalThatGitlabSetsEverywhereIsNoShardAlone() {
    assertThatThrownBy(() -> Shard.parse("", Map.of("CI_NODE_TOTAL", "1")))
        .hasMessageContaining("which shard is not known");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/2", "3/2", "1/0", "a/b", "1/2/3", "-1/2", "99999/99999", "1/", "/2"})
  void refusesWhatIsNoShard(String text) {
    assertThatThrownBy(() -> Shard.parse(text, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no shard");
  }

  @Test
  void refusesVariablesThatAreNoNumbers() {
    assertThatThrownBy(() -> Shard.parse("", Map.of("CI_NODE_INDEX", "two")))
        .hasMessage("the variable CI_NODE_INDEX is no number: \"two\"");
  }
}
