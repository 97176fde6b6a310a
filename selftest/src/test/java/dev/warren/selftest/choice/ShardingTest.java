package dev.warren.selftest.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.plan.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardingTest {
  private final Map<String, Duration> times = new HashMap<>();
  private final Map<String, Duration> setups = new HashMap<>();

  @Test
  void shardsEndTogether() throws Exception {
    List<Suite> suites = suites("a 8", "b 5", "c 4", "d 4", "e 3");

    assertThat(divide(suites, 3)).allSatisfy(shard -> assertThat(seconds(shard)).isEqualTo(8));
  }

  @Test
  void aTestenvThatIsDearIsSetUpOnce() throws Exception {
    setups.put("x", Duration.ofSeconds(30));
    setups.put("y", Duration.ofSeconds(30));
    List<Suite> suites = suites("a(x) 3", "b(y) 3", "c(x) 2", "d(y) 2", "e(x) 1", "f(y) 1");

    assertThat(divide(suites, 2))
        .extracting(ShardingTest::testenvs)
        .containsExactlyInAnyOrder(Set.of("x"), Set.of("y"));
  }

  @Test
  void aTestenvWithMuchToDoIsSharedByShards() throws Exception {
    setups.put("x", Duration.ofSeconds(5));
    List<Suite> suites =
        suites(
            IntStream.range(0, 40).mapToObj(i -> "s%d(x) 10".formatted(i)).toArray(String[]::new));

    assertThat(divide(suites, 4)).allSatisfy(shard -> assertThat(seconds(shard)).isEqualTo(105));
  }

  @Test
  void aliasesShareTheirTestenv() throws Exception {
    setups.put("x", Duration.ofSeconds(30));
    List<Suite> suites = suites("a(x) 3", "b(alias) 3", "c 30");

    assertThat(divide(suites, 2))
        .extracting(Suites::names)
        .containsExactlyInAnyOrder(List.of("a(x)", "b(alias)"), List.of("c"));
  }

  @Test
  void anUnknownSuiteTakesTheMedian() throws Exception {
    List<Suite> suites = suites("a 10", "b 10", "c 40", "d ?", "e ?");

    assertThat(divide(suites, 2))
        .extracting(Suites::names)
        .containsExactlyInAnyOrder(List.of("a", "b", "d", "e"), List.of("c"));
  }

  @Test
  void theOrderOfThePlanIsKept() throws Exception {
    List<Suite> suites = suites("a 1", "b 9", "c 2", "d 8");

    assertThat(Suites.names(divide(suites, 1).getFirst())).containsExactly("a", "b", "c", "d");
  }

  @Test
  void everySuiteIsInOneShardAndNoneIsMuchLongerThanItMustBe() throws Exception {
    Random random = new Random(8);
    for (int round = 0; round < 60; round++) {
      times.clear();
      setups.clear();
      String[] words =
          IntStream.range(0, 1 + random.nextInt(80))
              .mapToObj(i -> "s%d(t%d) %d".formatted(i, random.nextInt(6), 1 + random.nextInt(60)))
              .toArray(String[]::new);
      IntStream.range(0, 6)
          .forEach(i -> setups.put("t" + i, Duration.ofSeconds(random.nextInt(30))));
      List<Suite> suites = suites(words);
      int count = 1 + random.nextInt(8);

      List<List<Suite>> shards = divide(suites, count);

      assertThat(shards).hasSize(count);
      assertThat(shards.stream().flatMap(List::stream).toList())
          .containsExactlyInAnyOrderElementsOf(suites);
      assertThat(divide(suites, count)).isEqualTo(shards);
      long longest = shards.stream().mapToLong(this::seconds).max().orElseThrow();
      long dearest =
          suites.stream().mapToLong(suite -> seconds(List.of(suite))).max().orElseThrow();
      // Graham's bound for any list scheduling, with a set-up of each testenv in each shard.
      long everywhere = setups.values().stream().mapToLong(Duration::toSeconds).sum();
      long work = times.values().stream().mapToLong(Duration::toSeconds).sum();
      assertThat(longest).isLessThanOrEqualTo(work / count + everywhere + dearest);
    }
  }

  @Test
  void aPlanOfThousandsIsDividedAtOnce() throws Exception {
    Random random = new Random(9);
    IntStream.range(0, 60).forEach(i -> setups.put("t" + i, Duration.ofSeconds(20 + i % 10)));
    List<Suite> suites =
        suites(
            IntStream.range(0, 3000)
                .mapToObj(
                    i -> {
                      int testenv = (int) Math.abs(random.nextGaussian() * 15) % 60;
                      return "s%d(t%d) %d".formatted(i, testenv, 1 + random.nextInt(30));
                    })
                .toArray(String[]::new));
    long start = System.nanoTime();

    List<List<Suite>> shards = divide(suites, 20);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    List<Long> loads = new ArrayList<>(shards.stream().map(this::seconds).sorted().toList());
    assertThat(loads.getLast() - loads.getFirst()).isLessThan(60);
    long setUps = shards.stream().mapToLong(shard -> testenvs(shard).size()).sum();
    assertThat(setUps).isLessThan(60 + 3 * 20);
  }

  /** Suites as {@code NAME(TESTENV) SECONDS}, or with a question mark where that is not known. */
  private List<Suite> suites(String... words) throws Exception {
    String[] names = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      int space = words[i].lastIndexOf(' ');
      names[i] = words[i].substring(0, space);
      String time = words[i].substring(space + 1);
      if (!time.equals("?")) {
        times.put(names[i], Duration.ofSeconds(Integer.parseInt(time)));
      }
    }
    return Suites.named(names);
  }

  private List<List<Suite>> divide(List<Suite> suites, int count) {
    Setups costs =
        new Setups() {
          @Override
          public String key(String testenv) {
            return testenv.equals("alias") ? "x" : testenv;
          }

          @Override
          public Duration time(String testenv) {
            return setups.getOrDefault(testenv, Duration.ZERO);
          }
        };
    Durations durations = new Durations(times, Map.of());
    return Sharding.all(suites, count, durations, costs);
  }

  private long seconds(List<Suite> shard) {
    long time =
        testenvs(shard).stream()
            .mapToLong(name -> setups.getOrDefault(name, Duration.ZERO).toSeconds())
            .sum();
    for (Suite suite : shard) {
      time += times.getOrDefault(suite.name(), Duration.ZERO).toSeconds();
    }
    return time;
  }

  private static Set<String> testenvs(List<Suite> shard) {
    Set<String> testenvs = new HashSet<>();
    shard.forEach(suite -> testenvs.add(suite.testenv().testenv()));
    return testenvs;
  }
}
