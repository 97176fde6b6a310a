package dev.warren.selftest.report.compare;

import dev.warren.selftest.report.compare.Comparison.Change;
import dev.warren.selftest.report.compare.Comparison.Kind;
import dev.warren.selftest.report.compare.RunOutcomes.Ending;
import dev.warren.selftest.report.page.PageTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A comparison as text, as JSON and as a page. */
public final class ComparisonText {
  /** So many changes of a kind are enough for people; JSON has all. */
  private static final int MOST = 500;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ComparisonText() {}

  /** Lines for a terminal. */
  public static String lines(Comparison comparison) {
    StringBuilder text = new StringBuilder();
    comparison
        .changes()
        .forEach(
            (kind, changes) -> {
              text.append("%s (%d)\n".formatted(kind.title(), changes.size()));
              changes.stream()
                  .limit(MOST)
                  .forEach(
                      change ->
                          text.append(
                              "  %s  %s\n".formatted(change.subject(), said(kind, change))));
              if (changes.size() > MOST) {
                text.append("  and %d more\n".formatted(changes.size() - MOST));
              }
              text.append('\n');
            });
    return text.append(last(comparison)).append('\n').toString();
  }

  /** Everything, for programs. */
  public static String json(Comparison comparison) {
    ObjectNode json = NODES.objectNode();
    json.put("before", comparison.before().folder().toString());
    json.put("after", comparison.after().folder().toString());
    json.put("worse", comparison.isWorse());
    json.put("stillBad", comparison.stillBad());
    for (Kind kind : Kind.values()) {
      ArrayNode array = json.putArray(word(kind));
      comparison.changes().getOrDefault(kind, List.of()).forEach(one -> array.add(node(one)));
    }
    return json.toPrettyString() + "\n";
  }

  /** A page that needs nothing else, not even scripts. */
  public static String page(Comparison comparison) {
    List<Map<String, Object>> kinds = new ArrayList<>();
    comparison
        .changes()
        .forEach(
            (kind, changes) -> {
              Map<String, Object> values = new LinkedHashMap<>();
              values.put("title", kind.title());
              values.put("id", word(kind));
              values.put("count", changes.size());
              values.put("rows", changes.stream().limit(MOST).map(one -> row(kind, one)).toList());
              values.put(
                  "more", changes.size() > MOST ? List.of(changes.size() - MOST) : List.of());
              kinds.add(values);
            });
    return PageTemplate.fill(
        "compare.mustache",
        Map.of(
            "style", PageTemplate.resource("page.css"),
            "plan", comparison.after().plan(),
            "before", comparison.before().folder().toString(),
            "after", comparison.after().folder().toString(),
            "verdict", comparison.isWorse() ? "Worse" : "Not worse",
            "bad", comparison.isWorse(),
            "last", last(comparison),
            "kinds", kinds));
  }

  private static Map<String, Object> row(Kind kind, Change change) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("suite", change.subject().suite());
    row.put("test", change.subject().test().map(List::of).orElse(List.of()));
    row.put("said", said(kind, change).replace("->", "\u2192"));
    row.put("style", change.after().map(one -> one.outcome().word()).orElse("skip-result"));
    row.put(
        "reason",
        kind == Kind.NEW_FAILURES
            ? change.after().flatMap(Ending::reason).map(List::of).orElse(List.of())
            : List.of());
    return row;
  }

  private static ObjectNode node(Change change) {
    ObjectNode node = NODES.objectNode();
    node.put("suite", change.subject().suite());
    change.subject().test().ifPresent(test -> node.put("test", test));
    change.before().ifPresent(ending -> node.set("before", node(ending)));
    change.after().ifPresent(ending -> node.set("after", node(ending)));
    return node;
  }

  /** How something ended, for programs. */
  public static ObjectNode node(Ending ending) {
    ObjectNode node = NODES.objectNode();
    node.put("outcome", ending.outcome().word());
    node.put("seconds", ending.took().toMillis() / 1000.0);
    ending.reason().ifPresent(reason -> node.put("reason", reason));
    return node;
  }

  private static String said(Kind kind, Change change) {
    return switch (kind) {
      case NEW_FAILURES, MENDED, APPEARED, VANISHED ->
          outcome(change.before()) + " -> " + outcome(change.after());
      case SLOWER, FASTER -> "%s -> %s".formatted(time(change.before()), time(change.after()));
    };
  }

  private static String outcome(Optional<Ending> ending) {
    return ending.map(one -> one.outcome().word()).orElse("none");
  }

  private static String time(Optional<Ending> ending) {
    return String.format(
        Locale.ROOT, "%.1f s", ending.map(one -> one.took().toMillis() / 1000.0).orElse(0.0));
  }

  private static String last(Comparison comparison) {
    int worse = comparison.changes().getOrDefault(Kind.NEW_FAILURES, List.of()).size();
    int mended = comparison.changes().getOrDefault(Kind.MENDED, List.of()).size();
    return "%d new failures, %d mended, %d still failing"
        .formatted(worse, mended, comparison.stillBad());
  }

  private static String word(Kind kind) {
    String[] words = kind.name().toLowerCase(Locale.ROOT).split("_", -1);
    return words.length == 1
        ? words[0]
        : words[0] + words[1].substring(0, 1).toUpperCase(Locale.ROOT) + words[1].substring(1);
  }
}
