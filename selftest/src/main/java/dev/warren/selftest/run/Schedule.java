package dev.warren.selftest.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the workers of a run do next. It decides, and knows neither threads nor labs: who asks tells
 * it what became of its decisions, one call at a time.
 *
 * <p>One worker takes the suites in the plan's order. Several take, in this order of preference: a
 * suite for the lab that the worker had last, for another idle lab, of the testenv without a lab
 * that has most to do, and of a testenv whose labs are all at work, in one more copy of it, if that
 * has less set-up than its labs have work left.
 */
final class Schedule {
  /** A testenv whose lab died so often is not set up again. */
  private static final int LIVES = 2;

  private final Rules rules;
  private final Estimates estimates;
  private final InstantSource clock;
  private final Map<String, Deque<QueuedSuite>> queues = new LinkedHashMap<>();
  private final Map<Integer, LabState> labs = new LinkedHashMap<>();
  private final Map<Integer, Integer> lastLabs = new HashMap<>();
  private final Map<String, Integer> deaths = new HashMap<>();
  private final Set<String> failed = new HashSet<>();

  /** Those that were ready once: from then on there is a snapshot of them, if there are any. */
  private final Set<String> known = new HashSet<>();

  /** Those of which no more copies are made, as one could not be. */
  private final Set<String> full = new HashSet<>();

  private int nextLab;

  /**
   * What holds throughout a run.
   *
   * @param jobs how many workers there are
   * @param resetup whether each suite gets a lab of its own
   * @param snapshots whether a second lab of a testenv starts from what the first one saved
   * @param idleLabs how many labs may be up without work
   */
  record Rules(int jobs, boolean resetup, boolean snapshots, int idleLabs) {
    Rules {
      if (jobs < 1) {
        throw new IllegalArgumentException("at least one job, not " + jobs);
      }
    }
  }

  /** What a worker does next. */
  sealed interface Next {
    /** Run a suite in a lab, which is to be made first if it is new. */
    record Run(QueuedSuite suite, int lab, boolean isNew) implements Next {}

    /** Tell that a suite cannot run, as its testenv failed. */
    record Fail(QueuedSuite suite) implements Next {}

    /** Ask again when something has happened. */
    record Wait() implements Next {}

    /** Nothing is left to be done. */
    record Done() implements Next {}
  }

  private enum Phase {
    STARTING,
    BUSY,
    IDLE
  }

  private static final class LabState {
    private final String testenv;
    private final QueuedSuite first;
    private final Instant start;
    private Phase phase = Phase.STARTING;

    /** When it will have nothing to do. */
    private Instant free;

    LabState(QueuedSuite first, Instant start, Instant free) {
      this.testenv = first.testenv();
      this.first = first;
      this.start = start;
      this.free = free;
    }
  }

  Schedule(List<QueuedSuite> plan, Rules rules, EarlierTimes recorded, InstantSource clock) {
    this.rules = rules;
    this.estimates = new Estimates(recorded);
    this.clock = clock;
    for (QueuedSuite queued : plan) {
      queues.computeIfAbsent(queued.testenv(), _ -> new ArrayDeque<>()).add(queued);
    }
  }

  /** What a worker, counted from 0, does next. */
  Next next(int worker) {
    Optional<String> lost = waiting().stream().filter(failed::contains).findFirst();
    Optional<String> first =
        waiting().stream().min(Comparator.comparingInt(env -> head(env).place()));
    if (first.isEmpty()) {
      return new Next.Done();
    }
    if (rules.jobs() == 1) {
      return failed.contains(first.get()) ? new Next.Fail(take(first.get())) : serial(first.get());
    }
    if (lost.isPresent()) {
      return new Next.Fail(take(lost.get()));
    }
    return own(worker)
        .or(this::idle)
        .map(lab -> inIdle(worker, lab))
        .or(() -> unbegun().or(this::worthACopy).map(testenv -> inNew(worker, testenv)))
        .orElseGet(Next.Wait::new);
  }

  private Next serial(String testenv) {
    return idleLabs(testenv).stream()
        .findFirst()
        .map(lab -> inIdle(0, lab))
        .orElseGet(() -> inNew(0, testenv));
  }

  /** The lab that a worker had last, if there is a suite for it. */
  private Optional<Integer> own(int worker) {
    return Optional.ofNullable(lastLabs.get(worker))
        .filter(lab -> isIdle(lab) && queues.containsKey(state(lab).testenv));
  }

  private Optional<Integer> idle() {
    return waiting().stream()
        .filter(testenv -> !idleLabs(testenv).isEmpty())
        .max(Comparator.comparing(this::work))
        .map(testenv -> idleLabs(testenv).getFirst());
  }

  private Optional<String> unbegun() {
    return waiting().stream()
        .filter(testenv -> of(testenv).isEmpty())
        .max(Comparator.comparing(testenv -> work(testenv).plus(estimates.ofSetUp(testenv))));
  }

  private Optional<String> worthACopy() {
    return waiting().stream()
        .filter(testenv -> !full.contains(testenv) && !isSavedFirst(testenv))
        .filter(testenv -> rules.resetup() || gain(testenv).isPositive())
        .max(Comparator.comparing(this::gain));
  }

  /** Whether its first lab is about to save what makes all others start sooner. */
  private boolean isSavedFirst(String testenv) {
    return rules.snapshots() && !known.contains(testenv) && !of(testenv).isEmpty();
  }

  /** How much later the labs of a testenv have ended its work than one more would be ready. */
  private Duration gain(String testenv) {
    Instant now = clock.instant();
    Collection<LabState> present = of(testenv);
    Duration left = work(testenv);
    for (LabState lab : present) {
      if (lab.free.isAfter(now)) {
        left = left.plus(Duration.between(now, lab.free));
      }
    }
    return left.dividedBy(Math.max(1, present.size())).minus(estimates.ofSetUp(testenv));
  }

  private Next inIdle(int worker, int lab) {
    LabState state = state(lab);
    QueuedSuite suite = take(state.testenv);
    state.phase = Phase.BUSY;
    state.free = clock.instant().plus(estimates.of(suite));
    lastLabs.put(worker, lab);
    return new Next.Run(suite, lab, false);
  }

  private Next inNew(int worker, String testenv) {
    QueuedSuite suite = take(testenv);
    Instant now = clock.instant();
    Instant free = now.plus(estimates.ofSetUp(testenv)).plus(estimates.of(suite));
    int lab = nextLab++;
    labs.put(lab, new LabState(suite, now, free));
    lastLabs.put(worker, lab);
    return new Next.Run(suite, lab, true);
  }

  /** A new lab is up and runs the suite that it was made for. */
  void ready(int lab) {
    LabState state = state(lab);
    Instant now = clock.instant();
    state.phase = Phase.BUSY;
    state.free = now.plus(estimates.of(state.first));
    known.add(state.testenv);
    estimates.sawSetUp(state.testenv, Duration.between(state.start, now));
  }

  /**
   * A new lab could not be set up, and is gone. Its suite waits again: for the other labs of its
   * testenv, or, when there is none, to be told as an error.
   */
  void setUpFailed(int lab) {
    LabState state = state(lab);
    labs.remove(lab);
    giveBack(state.first);
    if (of(state.testenv).stream().allMatch(other -> other.phase == Phase.STARTING)) {
      failed.add(state.testenv);
    } else {
      full.add(state.testenv);
    }
  }

  /** A suite ended, and its lab is as good as before. */
  void ended(QueuedSuite suite, int lab, Duration took) {
    estimates.saw(suite, took);
    state(lab).phase = Phase.IDLE;
  }

  /** An idle lab turned out to have died when a suite was to run in it: the suite waits again. */
  void diedIdle(QueuedSuite suite, int lab) {
    giveBack(suite);
    died(lab);
  }

  /** A suite ended, and its lab died meanwhile and is gone. */
  void died(int lab) {
    String testenv = state(lab).testenv;
    labs.remove(lab);
    if (deaths.merge(testenv, 1, Integer::sum) >= LIVES) {
      failed.add(testenv);
    }
  }

  /** An idle lab was thrown away; that is not held against its testenv. */
  void discarded(int lab) {
    labs.remove(lab);
  }

  /** The idle labs that nobody is going to want, or that are too many; from now on gone. */
  List<Integer> superfluous() {
    List<Integer> gone = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    for (Map.Entry<Integer, LabState> lab : labs.entrySet()) {
      if (lab.getValue().phase == Phase.IDLE) {
        String testenv = lab.getValue().testenv;
        boolean wanted =
            !rules.resetup() && queues.containsKey(testenv) && !failed.contains(testenv);
        (wanted ? kept : gone).add(lab.getKey());
      }
    }
    // The one that is wanted last goes first.
    kept.sort(Comparator.comparingInt(lab -> head(state(lab).testenv).place()));
    if (kept.size() > rules.idleLabs()) {
      gone.addAll(kept.subList(rules.idleLabs(), kept.size()));
    }
    gone.forEach(labs::remove);
    return gone;
  }

  /** The testenvs of which suites wait, in the plan's order of their first suites. */
  private Set<String> waiting() {
    return queues.keySet();
  }

  private QueuedSuite head(String testenv) {
    return queue(testenv).getFirst();
  }

  private QueuedSuite take(String testenv) {
    QueuedSuite suite = queue(testenv).removeFirst();
    if (queue(testenv).isEmpty()) {
      queues.remove(testenv);
    }
    return suite;
  }

  private void giveBack(QueuedSuite suite) {
    queues.computeIfAbsent(suite.testenv(), _ -> new ArrayDeque<>()).addFirst(suite);
  }

  private Deque<QueuedSuite> queue(String testenv) {
    Deque<QueuedSuite> queue = queues.get(testenv);
    if (queue == null) {
      throw new IllegalStateException("no suite of " + testenv + " waits");
    }
    return queue;
  }

  private Duration work(String testenv) {
    return queue(testenv).stream().map(estimates::of).reduce(Duration.ZERO, Duration::plus);
  }

  /** The labs of a testenv that run suites, or may. */
  private List<LabState> of(String testenv) {
    return labs.values().stream()
        .filter(lab -> lab.testenv.equals(testenv))
        .filter(lab -> lab.phase != Phase.IDLE || !rules.resetup())
        .toList();
  }

  private List<Integer> idleLabs(String testenv) {
    return labs.keySet().stream()
        .filter(lab -> isIdle(lab) && state(lab).testenv.equals(testenv))
        .toList();
  }

  /** Whether a suite may run in it now. */
  private boolean isIdle(int lab) {
    LabState state = labs.get(lab);
    return state != null && state.phase == Phase.IDLE && !rules.resetup();
  }

  private LabState state(int lab) {
    LabState state = labs.get(lab);
    if (state == null) {
      throw new IllegalStateException("there is no lab " + lab);
    }
    return state;
  }
}
