package dev.warren.selftest.verdict;

import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.subunit.SubunitEvent.Output;
import dev.warren.selftest.subunit.SubunitEvent.TestFinished;
import dev.warren.selftest.subunit.SubunitEvent.TestStarted;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a suite's command says, judged and under full names, up to where its filter reads no
 * further. For one thread.
 */
public final class JudgedStream implements Consumer<SubunitEvent> {
  private final SuiteJudge judge;
  private final FilterOptions filter;
  private final Listener listener;
  private final Set<String> open = new LinkedHashSet<>();

  /** What was printed since a test began, until it is known whether that counts. */
  private Optional<List<Output>> held = Optional.empty();

  private boolean ended;

  /** Is told. */
  public interface Listener {
    /** A test began; the id is the full one. */
    void started(String id);

    /** A test ended. */
    void finished(TestVerdict verdict);

    /** Anything else. */
    void said(SubunitEvent event);
  }

  /** A stream of a suite that {@code judge} judges. */
  public JudgedStream(SuiteJudge judge, Listener listener) {
    this.judge = judge;
    this.filter = judge.filter();
    this.listener = listener;
  }

  /** Takes what the command says; nothing after the end. */
  @Override
  public void accept(SubunitEvent event) {
    if (ended) {
      return;
    }
    switch (event) {
      case TestStarted(String id) -> start(id);
      case TestFinished finished -> finish(finished);
      case Output output when held.isPresent() -> held.get().add(output);
      default -> say(event);
    }
    if (judge.hasEnded()) {
      end();
    }
  }

  /** Whether nothing counts any more that the command may say. */
  public boolean hasEnded() {
    return ended;
  }

  private void start(String id) {
    open.add(id);
    if (filter.stripPassedOutput() && held.isEmpty()) {
      held = Optional.of(new ArrayList<>());
    }
    listener.started(filter.rename(id));
  }

  private void finish(TestFinished finished) {
    open.remove(finished.id());
    TestVerdict verdict = judge.judge(finished);
    listener.finished(verdict);
    release(finished.outcome().isBad() || verdict.outcome().isBad());
  }

  private void say(SubunitEvent event) {
    SubunitEvent judged = judge.judge(event);
    listener.said(judged);
    if (judged instanceof SubunitEvent.SuiteFinished suite) {
      release(suite.outcome().isBad());
    }
  }

  private void release(boolean counts) {
    if (counts) {
      held.ifPresent(lines -> lines.forEach(listener::said));
    }
    held = Optional.empty();
  }

  private void end() {
    ended = true;
    // Who reads what the filter wrote up to here finds them without an end.
    open.forEach(id -> listener.finished(judge.leftOpen(id)));
    open.clear();
  }
}
