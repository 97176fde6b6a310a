package dev.warren.selftest.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.plan.Suite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void readsWhatItWrote() throws Exception {
    Path file = folder.resolve("new/folder/durations.json");
    Durations durations =
        new Durations(
            Map.of("a \"suite\"(ad_dc)", Duration.ofMillis(1234)),
            Map.of("ad_dc", Duration.ofSeconds(20)));
    durations.write(file);

    Durations read = Durations.read(file, warnings::add);

    assertThat(read.suite("a \"suite\"(ad_dc)")).contains(Duration.ofMillis(1234));
    assertThat(read.testenv("ad_dc")).contains(Duration.ofSeconds(20));
    assertThat(read.fingerprint()).isEqualTo(durations.fingerprint());
    assertThat(file.resolveSibling(".")).isDirectoryNotContaining("glob:**.new");
    assertThat(warnings).isEmpty();
  }

  @Test
  void newerTimesReplaceOlderOnes() {
    Durations durations = durations(Map.of("a", 1, "b", 2)).with(durations(Map.of("b", 3, "c", 4)));

    assertThat(durations.suite("a")).contains(Duration.ofSeconds(1));
    assertThat(durations.suite("b")).contains(Duration.ofSeconds(3));
    assertThat(durations.suite("c")).contains(Duration.ofSeconds(4));
  }

  @Test
  void theMedianIsTheMiddleTime() {
    assertThat(durations(Map.of("a", 1, "b", 9, "c", 2)).medianOfSuites())
        .contains(Duration.ofSeconds(2));
    assertThat(Durations.NONE.medianOfSuites()).isEmpty();
  }

  @Test
  void theLongestSuitesComeFirstAndTheOthersKeepTheirOrder() throws Exception {
    Durations durations = durations(Map.of("short(x)", 1, "middle(x)", 5, "long(x)", 9));
    List<Suite> plan =
        Suites.named("short(x)", "unknown(x)", "middle(x)", "long(x)", "unknown too(x)");

    assertThat(Suites.names(durations.longestFirst(plan)))
        .containsExactly("long(x)", "unknown(x)", "middle(x)", "unknown too(x)", "short(x)");
    assertThat(Durations.NONE.longestFirst(plan)).isEqualTo(plan);
  }

  @Test
  void aFileThatIsNotThereHoldsNothing() {
    assertThat(Durations.read(folder.resolve("none"), warnings::add).suite("a")).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"suites\": {\"a\": 1", "\0\1", "12"})
  void aDamagedFileIsNotUsedAndThatIsSaid(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("d.json"), text);

    assertThat(Durations.read(file, warnings::add).suite("a")).isEmpty();
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("the recorded durations in " + file + " are not used: ");
  }

  @Test
  void whatIsNoTimeIsPassedOver() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("d.json"),
            "{\"suites\": {\"a\": -1, \"b\": \"x\", \"c\": 1e99, \"d\": 2}, \"testenvs\": 7}");

    Durations read = Durations.read(file, warnings::add);

    assertThat(List.of("a", "b", "c")).allSatisfy(name -> assertThat(read.suite(name)).isEmpty());
    assertThat(read.suite("d")).contains(Duration.ofSeconds(2));
  }

  @Test
  void anyDamageIsSurvived() throws Exception {
    Random random = new Random(5);
    byte[] whole = durations(Map.of("a", 1, "b", 2)).json().getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = whole.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("d.json"), bytes);
      Durations read = Durations.read(file, warnings::add);
      read.with(read).write(file);
    }
  }

  private static Durations durations(Map<String, Integer> seconds) {
    Map<String, Duration> suites = new HashMap<>();
    seconds.forEach((name, time) -> suites.put(name, Duration.ofSeconds(time)));
    return new Durations(suites, Map.of());
  }
}
