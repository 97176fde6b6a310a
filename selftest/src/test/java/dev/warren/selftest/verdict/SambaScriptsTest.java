package dev.warren.selftest.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.verdict.JudgedSuite.Told;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Warren's verdicts beside those of Samba's {@code filter-subunit} and {@code format-subunit}, for
 * the same streams and the same known failures.
 *
 * <p>Where they agree is no test of opinions, so what Warren does otherwise is written down here:
 *
 * <ul>
 *   <li>A test that never finishes is an error once, under its name. The scripts add {@code
 *       (samba.subunit.RemotedTestCase)} to the name, so that each one in the pipe tells it again.
 *   <li>Where a script ends with an error of Python's (a time or a progress that is none, a skip
 *       without a reason, a result without its line end) Warren goes on; up to there verdicts
 *       agree.
 *   <li>A suite in which a test starts twice fails, also where a suite within it began since.
 *   <li>A command that dies by a signal is an error, whatever its tests said.
 * </ul>
 */
class SambaScriptsTest {
  private static final int STREAMS = Integer.getInteger("warren.streams", 2000);
  private static final int STREAMS_PER_LIST = 40;
  private static final Path STREAMS_OF_A_RUN =
      Path.of(System.getProperty("warren.recorded", "src/test/resources/streams"));
  private static final FilterOptions NAMED = new FilterOptions("p.", "(env)", true);
  private static final String CLASS = " (samba.subunit.RemotedTestCase)";
  private static final String SUITE = "the suite(env)";
  private static final List<String> EXPRESSIONS =
      List.of(
          "a",
          "^a$",
          "b",
          "c\\.",
          "samba.*test_z",
          "gr\u00fc",
          ".*x\\(",
          "^p\\.[ab]\\(env\\)",
          "with \\w+",
          "[^p]",
          ".*\\d",
          "p\\.(a|b)",
          "(?i)C\\.D",
          ".*(?P<q>q)",
          "t multi\\b",
          "\\S+ ");

  @TempDir Path folder;
  private KnownFailures known = KnownFailures.NONE;

  /** Of the filter in the suite's own pipe. */
  private KnownFailures filtered = KnownFailures.NONE;

  @Test
  void judgesEveryTestAsFilterSubunitDoes() throws Exception {
    try (SambaScripts scripts = SambaScripts.start()) {
      judgeEveryTest(scripts);
    }
  }

  private void judgeEveryTest(SambaScripts scripts) throws Exception {
    int whole = 0;
    for (int number = 0; number < STREAMS; number++) {
      Random random = lists(scripts, number);
      byte[] stream = GeneratedSuite.stream(number);
      FilterOptions filter = filter(random);
      JsonNode theirs =
          scripts.ask(question("judge", stream, filter, Map.of("immediately", false)));
      JudgedSuite ours = judged(stream, filter, 0);
      List<Told> tests = tests(told(theirs));
      if (theirs.get("crash").isNull()) {
        whole++;
        List<Told> expected = new ArrayList<>(tests);
        // An open reason ends the script: its tests that were open are told by nobody.
        ours.tests().stream()
            .skip(expected.size())
            .filter(told -> ours.unfinished().contains(told.id()))
            .forEach(expected::add);
        assertThat(ours.tests()).as("%s", shown(number, stream, filter)).isEqualTo(expected);
      } else {
        List<Told> first = ours.tests().subList(0, Math.min(tests.size(), ours.tests().size()));
        assertThat(first).as("%s", shown(number, stream, filter)).isEqualTo(tests);
      }
    }
    System.out.printf("%d streams, of which the script read %d to the end%n", STREAMS, whole);
    assertThat(whole).isGreaterThan(STREAMS / 2);
  }

  @Test
  void endsSuitesAndRunsAsTheScriptsDo() throws Exception {
    try (SambaScripts scripts = SambaScripts.start()) {
      endSuites(scripts);
    }
  }

  private void endSuites(SambaScripts scripts) throws Exception {
    int whole = 0;
    for (int number = 0; number < STREAMS; number++) {
      Random random = lists(scripts, number);
      byte[] stream = ended(GeneratedSuite.stream(number));
      // With a suffix, as in every plan: without one the second filter misreads some names.
      FilterOptions filter = new FilterOptions("p.", "(env)", random.nextBoolean());
      int exit = random.nextInt(4) == 0 ? 1 : 0;
      if (compareRuns(scripts, stream, filter, exit, shown(number, stream, filter))) {
        whole++;
      }
    }
    System.out.printf("%d runs, of which the scripts read %d to the end%n", STREAMS, whole);
    assertThat(whole).isGreaterThan(STREAMS / 2);
  }

  /** A plan whose commands pipe into a filter with lists of its own and all other options. */
  @Test
  void doesThePartOfAFilterWithListsOfItsOwn() throws Exception {
    try (SambaScripts scripts = SambaScripts.start()) {
      int whole = 0;
      for (int number = 0; number < STREAMS; number++) {
        Random random = lists(scripts, number);
        if (number % STREAMS_PER_LIST == 0) {
          ownLists(scripts, random);
        }
        byte[] stream = ended(GeneratedSuite.stream(number));
        FilterOptions filter =
            new FilterOptions("p.", "(env)", random.nextBoolean())
                .withFailImmediately(random.nextBoolean())
                .withStripPassedOutput(random.nextBoolean());
        int exit = random.nextInt(4) == 0 ? 1 : 0;
        if (compareRuns(scripts, stream, filter, exit, shown(number, stream, filter))) {
          whole++;
        }
      }
      System.out.printf("%d runs, of which the scripts read %d to the end%n", STREAMS, whole);
      assertThat(whole).isGreaterThan(STREAMS / 2);
    }
  }

  /** The streams of a real run: what smbtorture and suites in Python print. */
  @Test
  void judgesRecordedStreamsAsTheScriptsDo() throws Exception {
    try (SambaScripts scripts = SambaScripts.start();
        Stream<Path> files = Files.list(STREAMS_OF_A_RUN)) {
      lists(scripts, 0);
      List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
      assertThat(all).isNotEmpty();
      for (Path file : all) {
        byte[] stream = Files.readAllBytes(file);
        assertThat(compareRuns(scripts, stream, NAMED, 0, file.toString())).as("%s", file).isTrue();
        for (int cut = 1; cut < stream.length; cut += Math.max(1, stream.length / 50)) {
          byte[] start = ended(Arrays.copyOf(stream, cut));
          compareRuns(scripts, start, NAMED, 0, file + " up to " + cut);
        }
      }
    }
  }

  @Test
  void readsSambasOwnListsOfKnownFailures() throws Exception {
    try (SambaScripts scripts = SambaScripts.start();
        Stream<Path> lists = Files.list(SambaScripts.source().resolve("selftest"))) {
      List<Path> all =
          lists
              .filter(
                  file ->
                      file.getFileName().toString().matches("(knownfail|expectedfail|flapping).*"))
              .sorted()
              .toList();
      JsonNode theirs = scripts.lists(all, List.of());
      Set<String> expected = new HashSet<>();
      theirs.get("expected").forEach(one -> expected.add(one.asString()));
      Set<String> ours = new HashSet<>();
      FailurePatterns.read(all)
          .patterns()
          .forEach(pattern -> ours.add(pattern.expression().toString()));
      assertThat(ours).isEqualTo(expected).hasSizeGreaterThan(100);
    }
  }

  /** Compares what is told of a run; false where a script ended with an error of Python's. */
  private boolean compareRuns(
      SambaScripts scripts, byte[] stream, FilterOptions filter, int exit, String shown)
      throws IOException {
    JsonNode theirs =
        scripts.ask(
            question(
                "run",
                stream,
                filter,
                Map.of(
                    "exit",
                    exit,
                    "suite",
                    SUITE,
                    "failOnEmpty",
                    filter.failOnEmpty(),
                    "immediately",
                    filter.failImmediately(),
                    "strip",
                    filter.stripPassedOutput())));
    JudgedSuite ours = judged(stream, filter, exit);
    if (!theirs.has("crash")) {
      compare(theirs, ours, shown + "\nexit " + exit);
    }
    JsonNode again = scripts.ask(Map.of("ask", "format", "stream", base64(subunit())));
    assertThat(again.get("last").asString())
        .as("format-subunit on Warren's own stream, %s", shown)
        .isEqualTo(ours.tally().lastLine());
    return !theirs.has("crash");
  }

  private static void compare(JsonNode theirs, JudgedSuite ours, String shown) {
    List<Told> told = told(theirs);
    int end =
        told.lastIndexOf(
            told.stream().filter(one -> one.id().equals(SUITE)).findFirst().orElseThrow());
    List<Told> before = told.subList(0, end + 1);
    // What the later scripts in the pipe say of tests that never finished, once more each.
    Set<String> open = new HashSet<>();
    told.subList(end + 1, told.size()).forEach(one -> open.add(one.id()));
    assertThat(open).as(shown).isEqualTo(Set.copyOf(ours.unfinished()));
    List<Told> expected = new ArrayList<>(ours.told());
    if (before.size() < expected.size()) {
      // An open reason ends the first script, and so does a failure where it was told so: of the
      // tests that were open the others tell.
      int last = expected.size() - 1;
      expected.subList(before.size() - 1, last).clear();
    }
    if (ours.startedTwice()) {
      assertThat(tests(before)).as(shown).isEqualTo(tests(expected));
      assertThat(ours.tally().lastLine()).as(shown).startsWith("FAILED");
      assertThat(theirs.get("last").asString()).as(shown).startsWith("FAILED");
      return;
    }
    assertThat(before).as(shown).isEqualTo(expected);
    Counts counts = ours.tally().tests();
    int extra = told.size() - 1 - end - (ours.told().size() - expected.size());
    JsonNode statistics = theirs.get("statistics");
    assertThat(
            List.of(
                statistics.get("TESTS_EXPECTED_OK").asInt(),
                statistics.get("TESTS_EXPECTED_FAIL").asInt(),
                statistics.get("TESTS_UNEXPECTED_OK").asInt(),
                statistics.get("TESTS_UNEXPECTED_FAIL").asInt(),
                statistics.get("TESTS_SKIP").asInt(),
                statistics.get("TESTS_ERROR").asInt()))
        .as(shown)
        .isEqualTo(
            List.of(
                counts.of(Outcome.SUCCESS),
                counts.of(Outcome.XFAIL),
                counts.of(Outcome.UXSUCCESS),
                counts.of(Outcome.FAILURE),
                counts.of(Outcome.SKIP),
                counts.of(Outcome.ERROR) + extra));
    String last = theirs.get("last").asString();
    if (open.isEmpty()) {
      assertThat(ours.tally().lastLine()).as(shown).isEqualTo(last);
    } else {
      assertThat(ours.tally().lastLine()).as(shown).startsWith("FAILED");
      assertThat(last).as(shown).startsWith("FAILED");
    }
  }

  private static List<Told> tests(List<Told> told) {
    return told.stream().filter(one -> one.kind().equals("test")).toList();
  }

  private JudgedSuite judged(byte[] stream, FilterOptions filter, int exit) throws IOException {
    return JudgedSuite.of(
        SUITE, stream, filter, filtered, known, new Exit.Code(exit), subunitFile());
  }

  private Path subunitFile() {
    return folder.resolve("subunit");
  }

  private byte[] subunit() throws IOException {
    return Files.readAllBytes(subunitFile());
  }

  /** Other lists of known failures now and then, and what else chance decides of a stream. */
  private Random lists(SambaScripts scripts, int number) throws Exception {
    if (number % STREAMS_PER_LIST == 0) {
      Random random = new Random(number);
      Path expected = write("knownfail", random, 4);
      Path flapping = write("flapping", random, 3);
      scripts.lists(List.of(expected), List.of(flapping));
      known =
          new KnownFailures(
              FailurePatterns.read(List.of(expected)), FailurePatterns.read(List.of(flapping)));
    }
    return new Random(~number);
  }

  private void ownLists(SambaScripts scripts, Random random) throws Exception {
    Path expected = write("own-knownfail", random, 4);
    Path flapping = write("own-flapping", random, 3);
    scripts.ownLists(List.of(expected), List.of(flapping));
    filtered =
        new KnownFailures(
            FailurePatterns.read(List.of(expected)), FailurePatterns.read(List.of(flapping)));
  }

  private Path write(String name, Random random, int most) throws IOException {
    StringBuilder text = new StringBuilder("# not these\n\n");
    for (int i = random.nextInt(most); i > 0; i--) {
      text.append(EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size()))).append(" # why\n");
    }
    return Files.writeString(folder.resolve(name), text.toString());
  }

  private static FilterOptions filter(Random random) {
    boolean named = random.nextBoolean();
    return new FilterOptions(named ? "p." : "", named ? "(env)" : "", random.nextInt(3) == 0);
  }

  /** With a line end: the first filter glues its own words to output that has none. */
  private static byte[] ended(byte[] stream) {
    byte[] ended = Arrays.copyOf(stream, stream.length + 1);
    ended[stream.length] = '\n';
    return ended;
  }

  private static Map<String, Object> question(
      String ask, byte[] stream, FilterOptions filter, Map<String, ?> more) {
    Map<String, Object> question = new java.util.HashMap<>(more);
    question.put("ask", ask);
    question.put("stream", base64(stream));
    question.put("prefix", filter.prefix());
    question.put("suffix", filter.suffix());
    return question;
  }

  private static List<Told> told(JsonNode answer) {
    List<Told> told = new ArrayList<>();
    for (JsonNode one : answer.get("told")) {
      String id = one.get(1).asString().replace(CLASS, "");
      told.add(new Told(one.get(0).asString(), id, one.get(2).asString()));
    }
    return told;
  }

  private String shown(int number, byte[] stream, FilterOptions filter) throws IOException {
    return "stream %d, %s, its own: %s, known: %s, flapping: %s%n%s"
        .formatted(
            number,
            filter,
            filtered,
            Files.readString(folder.resolve("knownfail")),
            Files.readString(folder.resolve("flapping")),
            new String(stream, StandardCharsets.ISO_8859_1));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
