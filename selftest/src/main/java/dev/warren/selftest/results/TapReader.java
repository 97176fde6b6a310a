package dev.warren.selftest.results;

import dev.warren.selftest.subunit.LineDecoder;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Test Anything Protocol, versions 12 to 14.
 *
 * <p>Source: the specifications of the versions on testanything.org. A test is called by its
 * description, or {@code test N} where it has none; those of a subtest have its name and {@code /}
 * before theirs. A failure that is to be done ({@code TODO}) is an expected one, a success that is
 * to be done a success. Comments and YAML behind a failure are its reason. Missing tests, a missing
 * plan and {@code Bail out!} are errors.
 */
final class TapReader implements ResultReader {
  private static final int INDENT = 4;

  /** Deeper ones are output. */
  private static final int DEEPEST = 16;

  private final TestEvents events;
  private final String suite;
  private final LineDecoder lines = LineDecoder.ofLines(this::line);

  /** The document and, from it on, the subtests that are open in each other. */
  private final List<TapDocument> documents = new ArrayList<>();

  private Optional<String> announced = Optional.empty();
  private @Nullable Failure failure;

  /** How deep the test was indented whose line came last; -1 when that was another line. */
  private int afterPoint = -1;

  /** How deep the YAML is indented that is read; -1 when none is. */
  private int yaml = -1;

  private boolean bailedOut;

  /** A failed test whose reason may follow. */
  private record Failure(String id, int depth, StringBuilder reason) {
    void add(String line) {
      if (reason.length() < TestEvents.LONGEST_REASON) {
        reason.append(line).append('\n');
      }
    }
  }

  TapReader(String suite, Consumer<? super SubunitEvent> events) {
    this.events = new TestEvents(events);
    this.suite = suite;
    documents.add(new TapDocument(this.events, suite, "", true));
  }

  @Override
  public void feed(byte[] bytes, int offset, int length) {
    lines.feed(bytes, offset, length);
  }

  @Override
  public void finish(Outcome end, Optional<String> explanation) {
    lines.finish();
    finishFailure();
    if (!bailedOut) {
      close(0);
      documents.getFirst().end();
    }
  }

  private void line(LineDecoder.Line line) {
    if (!line.first() || bailedOut || !tap(line)) {
      events.output(line.text());
    }
  }

  /** Takes a line; false when it is output. */
  private boolean tap(LineDecoder.Line line) {
    String text = line.text();
    int indent = indent(text);
    if (yaml >= 0 && inYaml(text, indent)) {
      return true;
    }
    if (afterPoint >= 0 && indent > afterPoint && text.startsWith("---", indent)) {
      yaml = indent;
      afterPoint = -1;
      return true;
    }
    afterPoint = -1;
    int depth = indent / INDENT;
    if (indent % INDENT != 0 || depth > documents.size() || depth > DEEPEST) {
      return false;
    }
    return tap(TapLine.of(text.substring(indent)), depth, line.last());
  }

  private boolean inYaml(String text, int indent) {
    if (indent < yaml && !text.isBlank()) {
      // Its end is missing.
      yaml = -1;
      return false;
    }
    String content = text.substring(Math.min(yaml, text.length()));
    if (content.stripTrailing().equals("...")) {
      yaml = -1;
    } else if (failure != null) {
      failure.add(content);
    }
    return true;
  }

  private boolean tap(TapLine line, int depth, boolean ended) {
    switch (line) {
      case TapLine.Preamble() -> document(depth);
      case TapLine.Plan plan -> plan(document(depth), plan, ended);
      case TapLine.Point point -> point(document(depth), depth, point);
      case TapLine.BailOut bailOut -> {
        finishFailure();
        events.error(suite, "Bail out!" + bailOut.reason().map(why -> " " + why).orElse(""));
        bailedOut = true;
      }
      case TapLine.Subtest(String name) -> {
        finishFailure();
        // It stands before the subtest or, in version 14, within it.
        close(Math.min(depth, documents.size() - 1));
        announced = Optional.of(name);
        if (depth == documents.size()) {
          document(depth);
        }
      }
      case TapLine.Comment(String text) -> {
        if (failure != null && failure.depth() == depth) {
          failure.add(text);
        }
        return false;
      }
      case TapLine.Other() -> {
        return false;
      }
    }
    return true;
  }

  /** The document that is so deep: those in it end, or it begins. */
  private TapDocument document(int depth) {
    finishFailure();
    if (depth == documents.size()) {
      documents.add(documents.getLast().subtest(announced));
    }
    announced = Optional.empty();
    close(depth);
    return documents.getLast();
  }

  /** Ends the subtests that are deeper. */
  private void close(int depth) {
    while (documents.size() > depth + 1) {
      documents.removeLast().end();
    }
  }

  private void plan(TapDocument document, TapLine.Plan plan, boolean ended) {
    if (!ended) {
      events.error(document.name(), "the plan has no line end: the results were cut off");
    } else if (document.plan(plan.count()) && plan.count() == 0) {
      Optional<String> why =
          plan.comment()
              .map(text -> text.replaceFirst("(?i)^skip\\S*\\s*", ""))
              .filter(s -> !s.isEmpty());
      events.test(document.name(), Outcome.SKIP, why);
    }
  }

  private void point(TapDocument document, int depth, TapLine.Point point) {
    String id = events.start(document.point(point));
    Outcome outcome =
        switch (point.directive()) {
          case NONE -> point.ok() ? Outcome.SUCCESS : Outcome.FAILURE;
          case TODO -> point.ok() ? Outcome.SUCCESS : Outcome.XFAIL;
          case SKIP -> Outcome.SKIP;
        };
    if (outcome == Outcome.FAILURE) {
      failure = new Failure(id, depth, new StringBuilder());
    } else {
      events.finish(id, outcome, point.reason());
    }
    afterPoint = depth * INDENT;
  }

  private void finishFailure() {
    Failure ended = failure;
    if (ended != null) {
      failure = null;
      events.finish(ended.id(), Outcome.FAILURE, Optional.of(ended.reason().toString()));
    }
  }

  private static int indent(String text) {
    int indent = 0;
    while (indent < text.length() && text.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }
}
