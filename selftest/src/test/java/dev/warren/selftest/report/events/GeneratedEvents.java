package dev.warren.selftest.report.events;

import dev.warren.lab.graph.Topology;
import dev.warren.lab.source.Position;
import dev.warren.selftest.plan.FilterCall;
import dev.warren.selftest.plan.ShellWord;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.plan.TestenvChoice.Side;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.SuiteFiles;
import dev.warren.selftest.results.ResultFormat;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Events of every kind with values of every kind: made from a seed. */
final class GeneratedEvents {
  private static final String[] TEXTS = {
    "",
    "a",
    "samba.x(ad_dc)",
    "grüß \"dich\"\\",
    "</script><img onerror=alert(1)>",
    "a\nb\r\nc",
    "\u0000\u001b[0m",
    "\u2028\u2029",
    "😀",
    "{\"type\":\"suite\",",
    " ",
    "null",
    "[\n]"
  };

  private final Random random;
  private final List<Suite> suites;

  GeneratedEvents(long seed) {
    random = new Random(seed);
    suites = list(() -> suite(one("one", "two", "samba.x(ad_dc)", text())), 1, 6);
  }

  /** Some events, each kind of {@link RunEvent} being as likely. */
  List<RunEvent> events(int count) {
    return IntStream.range(0, count).mapToObj(_ -> event()).toList();
  }

  private RunEvent event() {
    return switch (random.nextInt(RunEvent.class.getPermittedSubclasses().length)) {
      case 0 -> new RunEvent.RunStarted(time(), text(), random.nextInt());
      case 1 -> new RunEvent.Progress(time(), text());
      case 2 -> new RunEvent.LabStarted(time(), text(), needs(), topology());
      case 3 -> new RunEvent.LabEnded(time(), text());
      case 4 -> new RunEvent.TestenvStarted(time(), text(), text());
      case 5 -> new RunEvent.TestenvStep(time(), text(), text(), text());
      case 6 ->
          new RunEvent.TestenvReady(
              time(), text(), text(), duration(), random.nextBoolean(), path());
      case 7 -> new RunEvent.TestenvFailed(time(), text(), text(), text(), path(), path());
      case 8 -> new RunEvent.SuiteSkipped(time(), suite(), text());
      case 9 -> new RunEvent.SuiteStarted(time(), suite(), random.nextInt(), text());
      case 10 -> new RunEvent.TestStarted(time(), suite(), text());
      case 11 ->
          new RunEvent.TestFinished(
              time(),
              suite(),
              new TestVerdict(text(), outcome(), maybe(this::text), maybe(this::text)));
      case 12 -> new RunEvent.SuiteSaid(time(), suite(), said());
      case 13 ->
          new RunEvent.SuiteFinished(
              time(),
              suite(),
              new SuiteResult(outcome(), maybe(this::text), counts()),
              duration(),
              text(),
              new SuiteFiles(
                  maybe(() -> Path.of("suites", "a b.log")),
                  maybe(() -> Path.of("x.pcapng")),
                  path()));
      case 14 -> new RunEvent.RunFinished(time(), maybe(this::text));
      case 15 -> new RunEvent.SoftwareReady(time(), Map.of(name(), text()));
      default -> throw new AssertionError("a kind of event that this test does not know");
    };
  }

  private Optional<Path> path() {
    return maybe(() -> Path.of(one("x", "a b"), "grüß.pcapng"));
  }

  private Suite suite() {
    return suites.get(random.nextInt(suites.size()));
  }

  private Suite suite(String name) {
    return new Suite(
        name,
        new TestenvChoice(one("none", "ad_dc"), one(Side.values())),
        command(),
        maybe(this::command),
        new SuiteSettings(
            one(ResultFormat.values()),
            maybe(this::duration),
            maybe(this::text),
            Map.of("A", text(), name(), "b"),
            Set.copyOf(list(this::text, 0, 3))),
        new Position(text(), random.nextInt(9), random.nextInt(9)));
  }

  private SuiteCommand command() {
    return new SuiteCommand(
        text(),
        maybe(
            () ->
                new FilterCall(
                    word(),
                    word(),
                    list(this::word, 0, 2),
                    list(this::word, 0, 2),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean())));
  }

  private ShellWord word() {
    return new ShellWord(
        list(
            () ->
                random.nextBoolean()
                    ? new ShellWord.Literal(text())
                    : new ShellWord.Variable(text()),
            0,
            3));
  }

  private SubunitEvent said() {
    return switch (random.nextInt(SubunitEvent.class.getPermittedSubclasses().length)) {
      case 0 -> new SubunitEvent.TestStarted(text());
      case 1 -> new SubunitEvent.TestFinished(text(), outcome(), maybe(this::text));
      case 2 -> new SubunitEvent.SuiteStarted(text());
      case 3 -> new SubunitEvent.SuiteFinished(text(), outcome(), maybe(this::text));
      case 4 -> new SubunitEvent.SuiteSkipped(text(), maybe(this::text));
      case 5 -> new SubunitEvent.Time(time());
      case 6 -> new SubunitEvent.ProgressPushed();
      case 7 -> new SubunitEvent.ProgressPopped();
      case 8 -> new SubunitEvent.ProgressSet(random.nextLong(), random.nextBoolean());
      case 9 -> new SubunitEvent.Output(text());
      default -> throw new AssertionError("a kind of event that this test does not know");
    };
  }

  private Topology topology() {
    return new Topology(
        text(),
        list(
            () -> new Topology.Network(text(), list(this::text, 0, 2), random.nextBoolean()), 0, 3),
        node(),
        list(this::node, 0, 3));
  }

  private Topology.Node node() {
    return new Topology.Node(
        text(),
        text(),
        list(this::text, 0, 2),
        list(this::text, 0, 2),
        list(
            () -> new Topology.Link(text(), text(), list(this::text, 0, 2), list(this::text, 0, 2)),
            0,
            2));
  }

  private Map<String, List<String>> needs() {
    Map<String, List<String>> needs = new LinkedHashMap<>();
    list(this::name, 0, 3).forEach(name -> needs.put(name, list(this::text, 0, 2)));
    return needs;
  }

  private Counts counts() {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    Stream.of(Outcome.values())
        .filter(_ -> random.nextBoolean())
        .forEach(outcome -> counts.put(outcome, random.nextInt(1000)));
    return new Counts(counts);
  }

  private Outcome outcome() {
    return one(Outcome.values());
  }

  private Instant time() {
    return one(
        Instant.EPOCH,
        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
        Instant.parse("2026-03-01T12:00:00Z"));
  }

  private Duration duration() {
    return one(
        Duration.ZERO,
        Duration.ofNanos(random.nextLong() & Long.MAX_VALUE),
        Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000)));
  }

  /** Of a field: Jackson does not read half of a surrogate pair there. */
  private String name() {
    String text = text();
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE)
        ? text
        : one(TEXTS);
  }

  private String text() {
    return random.nextInt(4) == 0
        ? random
            .ints(random.nextInt(8), 0, 0x10000)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
        : one(TEXTS);
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> list(Supplier<T> value, int least, int most) {
    return IntStream.range(0, random.nextInt(least, most + 1)).mapToObj(_ -> value.get()).toList();
  }

  @SafeVarargs
  private <T> T one(T... several) {
    return several[random.nextInt(several.length)];
  }
}
