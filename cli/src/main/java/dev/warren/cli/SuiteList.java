package dev.warren.cli;

import dev.warren.selftest.choice.Durations;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.YamlPlanReader;
import dev.warren.selftest.run.TestLister.Listing;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Prints suites, and the tests in them, instead of running them. */
final class SuiteList {
  /** What {@code --json} prints, for the help. */
  static final String JSON =
      "[{name, testenv, format, tags, seconds, singleTests, file, line, tests: [ID]}]";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final Durations durations;
  private final ArrayNode array = JsonNodeFactory.instance.arrayNode();
  private boolean failed;

  SuiteList(Surroundings surroundings, boolean json, Durations durations) {
    this.out = surroundings.out();
    this.err = surroundings.err();
    this.json = json;
    this.durations = durations;
  }

  /** A suite alone. */
  void add(Suite suite) {
    if (json) {
      array.add(node(suite));
    } else {
      out.println(suite.name() + "  " + suite.testenv());
    }
  }

  /** A suite with its tests: those of the list where single ones are chosen. */
  void add(Listing listing) {
    List<String> ids =
        switch (listing) {
          case Listing.Tests tests -> chosen(tests);
          // As Samba's selftest has it: a suite that cannot tell is one test.
          case Listing.Unable(Suite suite) -> List.of(suite.name());
          case Listing.Failed(Suite suite, String reason) -> {
            err.println("warren: the tests in %s: %s".formatted(suite.name(), reason));
            failed = true;
            yield List.of();
          }
        };
    if (json) {
      ObjectNode node = node(listing.suite());
      ArrayNode tests = node.putArray("tests");
      ids.forEach(tests::add);
      array.add(node);
    } else {
      ids.forEach(out::println);
    }
  }

  private static List<String> chosen(Listing.Tests listing) {
    List<String> picked = listing.suite().tests();
    return listing.ids().stream().filter(id -> picked.isEmpty() || picked.contains(id)).toList();
  }

  /** Ends the list; returns whether every suite could tell its tests. */
  boolean end() {
    if (json) {
      out.println(array.toPrettyString());
    }
    out.flush();
    return !failed;
  }

  private ObjectNode node(Suite suite) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", suite.name());
    node.put("testenv", suite.testenv().toString());
    node.put("format", YamlPlanReader.nameOf(suite.settings().format()));
    ArrayNode tags = node.putArray("tags");
    new TreeSet<>(suite.settings().tags()).forEach(tags::add);
    Optional<Double> seconds = durations.suite(suite.name()).map(time -> time.toMillis() / 1000.0);
    seconds.ifPresent(time -> node.put("seconds", time));
    node.put("singleTests", suite.listing().isPresent());
    node.put("file", suite.position().file());
    node.put("line", suite.position().line());
    return node;
  }
}
