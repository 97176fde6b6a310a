package dev.warren.selftest.choice;

import dev.warren.selftest.plan.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long suites and the set-ups of testenvs took when they last ran:
 *
 * <pre>{@code
 * {"suites": {"samba.tests.dns(ad_dc)": 12.345}, "testenvs": {"ad_dc": 21.5}}
 * }</pre>
 *
 * <p>in seconds. Immutable.
 */
public final class Durations {
  /** Nothing is known. */
  public static final Durations NONE = new Durations(Map.of(), Map.of());

  /** A month: what is more is no time that anything took. */
  private static final double LONGEST = 31 * 24 * 3600;

  private static final String SUITES = "suites";
  private static final String TESTENVS = "testenvs";

  private final Map<String, Duration> suites;
  private final Map<String, Duration> testenvs;

  /** What is known, by the names of suites and of testenvs. */
  public Durations(Map<String, Duration> suites, Map<String, Duration> testenvs) {
    this.suites = Map.copyOf(suites);
    this.testenvs = Map.copyOf(testenvs);
  }

  /** How long the suite took, from its start to its end. */
  public Optional<Duration> suite(String name) {
    return Optional.ofNullable(suites.get(name));
  }

  /** How long the testenv's own set-up took, without those that it needs. */
  public Optional<Duration> testenv(String name) {
    return Optional.ofNullable(testenvs.get(name));
  }

  /** The middle one of all known times of suites. */
  public Optional<Duration> medianOfSuites() {
    return median(suites);
  }

  /** The middle one of all known times of set-ups. */
  public Optional<Duration> medianOfTestenvs() {
    return median(testenvs);
  }

  /**
   * The suites that take longest first, so that none of several workers is left with a long one in
   * the end. One of which nothing is known counts as the middle one of the others.
   */
  public List<Suite> longestFirst(List<Suite> order) {
    Duration usual = medianOfSuites().orElse(Duration.ZERO);
    return order.stream()
        .sorted(Comparator.comparing((Suite suite) -> suite(suite.name()).orElse(usual)).reversed())
        .toList();
  }

  private static Optional<Duration> median(Map<String, Duration> times) {
    return times.values().stream().sorted().skip((times.size() - 1) / 2).findFirst();
  }

  /** These, and newer ones that replace those of the same names. */
  public Durations with(Durations newer) {
    Map<String, Duration> allSuites = new HashMap<>(suites);
    allSuites.putAll(newer.suites);
    Map<String, Duration> allTestenvs = new HashMap<>(testenvs);
    allTestenvs.putAll(newer.testenvs);
    return new Durations(allSuites, allTestenvs);
  }

  /**
   * Reads a file. One that is not there holds nothing; of a damaged one nothing is taken, and what
   * is no time in it is passed over.
   *
   * @param warnings is told, in a line, of a file that cannot be used
   */
  public static Durations read(Path file, Consumer<String> warnings) {
    try {
      JsonNode tree = JsonMapper.shared().readTree(Files.readString(file));
      if (!tree.isObject()) {
        throw new IOException("it is no JSON object");
      }
      return new Durations(times(tree.path(SUITES)), times(tree.path(TESTENVS)));
    } catch (NoSuchFileException e) {
      return NONE;
    } catch (IOException | JacksonException e) {
      String what = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
      warnings.accept("the recorded durations in %s are not used: %s".formatted(file, what));
      return NONE;
    }
  }

  private static Map<String, Duration> times(JsonNode node) {
    Map<String, Duration> times = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      double seconds = entry.getValue().isNumber() ? entry.getValue().doubleValue() : -1;
      if (seconds >= 0 && seconds <= LONGEST) {
        times.put(entry.getKey(), Duration.ofMillis(Math.round(seconds * 1000)));
      }
    }
    return times;
  }

  /** Writes a file, and the folders above it; a reader sees the old file or the new one. */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling(".").normalize();
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".new");
    try {
      Files.writeString(fresh, json());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Sorted, so that the same times are the same text. */
  String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set(SUITES, node(suites));
    root.set(TESTENVS, node(testenvs));
    return root.toPrettyString() + "\n";
  }

  /** Eight digits that differ, as a rule, where the times do. */
  public String fingerprint() {
    return "%08x".formatted(json().hashCode());
  }

  private static ObjectNode node(Map<String, Duration> times) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(times).forEach((name, time) -> node.put(name, time.toMillis() / 1000.0));
    return node;
  }
}
