package dev.warren.selftest.choice;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.TestenvChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Divides suites into shards that end together. Each shard that has a suite of a testenv must set
 * it up, so that it is kept in few of them where that costs little. The same suites and times give
 * the same shards.
 *
 * <p>Longest processing time first, twice: over whole testenvs, then moving single suites from the
 * shard that takes longest; and over single suites. The better result counts.
 */
public final class Sharding {
  private final List<Item> items;
  private final Map<String, Long> setups;
  private final int count;

  /** A suite by its place in the plan; times in milliseconds. */
  private record Item(int index, String testenv, long time) {}

  private Sharding(List<Item> items, Map<String, Long> setups, int count) {
    this.items = items;
    this.setups = setups;
    this.count = count;
  }

  /** What a shard holds so far. */
  private final class Bin {
    private final List<Item> held = new ArrayList<>();
    private final Map<String, Integer> testenvs = new HashMap<>();
    private long load;

    void add(Item item) {
      load += cost(item);
      testenvs.merge(item.testenv(), 1, Integer::sum);
      held.add(item);
    }

    void remove(Item item) {
      held.remove(item);
      if (testenvs.merge(item.testenv(), -1, Integer::sum) == 0) {
        testenvs.remove(item.testenv());
      }
      load -= cost(item);
    }

    /** What the item adds to the load when it is not held. */
    long cost(Item item) {
      return item.time() + (testenvs.containsKey(item.testenv()) ? 0 : setup(item.testenv()));
    }

    /** The load without an item that is held. */
    long without(Item item) {
      boolean last = testenvs.getOrDefault(item.testenv(), 0) == 1;
      return load - item.time() - (last ? setup(item.testenv()) : 0);
    }
  }

  /**
   * The suites of one shard, in the order of the plan.
   *
   * @param durations what is known of their times; a suite of which nothing is takes the middle one
   */
  public static List<Suite> of(
      List<Suite> suites, Shard shard, Durations durations, Setups setups) {
    return all(suites, shard.count(), durations, setups).get(shard.number() - 1);
  }

  /** The suites of all shards. */
  static List<List<Suite>> all(List<Suite> suites, int count, Durations durations, Setups setups) {
    Duration usual = durations.medianOfSuites().orElse(Duration.ofSeconds(1));
    List<Item> items = new ArrayList<>();
    Map<String, Long> times = new HashMap<>();
    times.put(TestenvChoice.NONE, 0L);
    for (int i = 0; i < suites.size(); i++) {
      Suite suite = suites.get(i);
      String testenv =
          suite.testenv().isNone() ? TestenvChoice.NONE : setups.key(suite.testenv().testenv());
      times.computeIfAbsent(testenv, name -> setups.time(name).toMillis());
      items.add(new Item(i, testenv, durations.suite(suite.name()).orElse(usual).toMillis()));
    }
    List<List<Suite>> shards = new ArrayList<>();
    for (Bin bin : new Sharding(items, times, count).best()) {
      shards.add(bin.held.stream().map(Item::index).sorted().map(suites::get).toList());
    }
    return shards;
  }

  private List<Bin> best() {
    List<Bin> byTestenv = byTestenv();
    List<Bin> bySuite = bySuite();
    return longest(bySuite) < longest(byTestenv) ? bySuite : byTestenv;
  }

  private static long longest(List<Bin> bins) {
    return bins.stream().mapToLong(bin -> bin.load).max().orElse(0);
  }

  private long setup(String testenv) {
    return setups.getOrDefault(testenv, 0L);
  }

  private List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bins.add(new Bin());
    }
    return bins;
  }

  private static List<Item> longestFirst(List<Item> items) {
    return items.stream()
        .sorted(Comparator.comparingLong(Item::time).reversed().thenComparingInt(Item::index))
        .toList();
  }

  private List<Bin> bySuite() {
    List<Bin> bins = bins();
    for (Item item : longestFirst(items)) {
      Bin least = bins.getFirst();
      for (Bin bin : bins) {
        least = bin.load + bin.cost(item) < least.load + least.cost(item) ? bin : least;
      }
      least.add(item);
    }
    return bins;
  }

  private List<Bin> byTestenv() {
    Map<String, List<Item>> groups = new LinkedHashMap<>();
    items.forEach(item -> groups.computeIfAbsent(item.testenv(), _ -> new ArrayList<>()).add(item));
    List<Bin> bins = bins();
    groups.values().stream()
        .sorted(Comparator.comparingLong(this::total).reversed())
        .forEach(
            group -> {
              Bin least =
                  bins.stream().min(Comparator.comparingLong(bin -> bin.load)).orElseThrow();
              group.forEach(least::add);
            });
    while (move(bins)) {
      // Each move takes something off the longest shard and makes no other as long.
    }
    return bins;
  }

  private long total(List<Item> group) {
    return setup(group.getFirst().testenv()) + group.stream().mapToLong(Item::time).sum();
  }

  /** Moves a suite off the longest shard, the one whose move helps most; false when none does. */
  private static boolean move(List<Bin> bins) {
    Bin from = bins.getFirst();
    for (Bin bin : bins) {
      from = bin.load > from.load ? bin : from;
    }
    long shortest = from.load;
    @Nullable Item moved = from.held.isEmpty() ? null : from.held.getFirst();
    Bin target = from;
    for (Item item : from.held) {
      long rest = from.without(item);
      for (Bin bin : bins) {
        long longest = bin == from ? from.load : Math.max(rest, bin.load + bin.cost(item));
        if (longest < shortest) {
          shortest = longest;
          moved = item;
          target = bin;
        }
      }
    }
    if (moved == null || target == from) {
      return false;
    }
    from.remove(moved);
    target.add(moved);
    return true;
  }
}
