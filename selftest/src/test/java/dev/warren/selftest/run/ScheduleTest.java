package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.source.Position;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.run.Schedule.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Duration SUITE = Duration.ofSeconds(10);
  private static final Duration SET_UP = Duration.ofSeconds(15);

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void oneWorkerTakesThePlansOrderAndKeepsIdleLabsThatAreWanted() {
    Schedule schedule = schedule(1, "a", "b", "a", "b");
    assertThat(runAll(schedule))
        .containsExactly("a0 in new 0", "b1 in new 1", "a2 in 0", "b3 in 1");
  }

  @Test
  void aLabThatNobodyWantsAnyMoreIsSuperfluous() {
    Schedule schedule = schedule(1, "a", "b");
    end(schedule, start(schedule, 0));
    assertThat(schedule.superfluous()).containsExactly(0);
    assertThat(schedule.superfluous()).isEmpty();
  }

  @Test
  void ofTooManyIdleLabsTheOneGoesThatIsWantedLast() {
    Schedule schedule =
        new Schedule(
            plan("a", "b", "c", "d", "b", "c", "a"),
            new Schedule.Rules(1, false, false, 2),
            new Known(),
            () -> now);
    for (int suite = 0; suite < 3; suite++) {
      end(schedule, start(schedule, 0));
    }
    assertThat(schedule.superfluous()).containsExactly(0);
  }

  @Test
  void aWorkerStaysWithItsLab() {
    Schedule schedule = schedule(2, "a", "b", "a", "b");
    Next.Run first = start(schedule, 0);
    Next.Run second = start(schedule, 1);
    assertThat(List.of(first.suite().testenv(), second.suite().testenv())).contains("a", "b");
    end(schedule, first);
    end(schedule, second);
    assertThat(start(schedule, 0).lab()).isEqualTo(first.lab());
    assertThat(start(schedule, 1).lab()).isEqualTo(second.lab());
  }

  @Test
  void aWorkerWithoutWorkOfItsOwnTakesWhatIsIdleBeforeAnythingIsSetUp() {
    Schedule schedule = schedule(2, "a", "b", "b", "b", "b");
    Next.Run b = start(schedule, 0);
    Next.Run a = start(schedule, 1);
    assertThat(a.suite().testenv()).isEqualTo("a");
    end(schedule, b);
    end(schedule, a);
    assertThat(schedule.next(1)).isEqualTo(new Next.Run(queued(2, "b"), b.lab(), false));
  }

  @Test
  void theTestenvWithMostToDoBegins() {
    Schedule schedule = schedule(2, "small", "large", "large");
    assertThat(start(schedule, 0).suite().testenv()).isEqualTo("large");
    assertThat(start(schedule, 1).suite().testenv()).isEqualTo("small");
  }

  @Test
  void anotherCopyIsMadeWhenItIsReadyBeforeTheOthersAreDone() {
    // 10 s of the suite that runs and 20 s that wait, against 15 s of set-up.
    Schedule worth = schedule(2, "a", "a", "a");
    ready(worth, start(worth, 0));
    assertThat(worth.next(1)).isEqualTo(new Next.Run(queued(1, "a"), 1, true));

    Schedule late = schedule(2, "a", "a");
    ready(late, start(late, 0));
    now = now.plusSeconds(9);
    assertThat(late.next(1)).isEqualTo(new Next.Wait());
  }

  @Test
  void aCopyWaitsForTheSnapshotOfTheFirstLab() {
    Schedule schedule =
        new Schedule(
            plan("a", "a", "a", "a", "a"),
            new Schedule.Rules(2, false, true, 8),
            new Known(),
            () -> now);
    Next.Run first = start(schedule, 0);
    assertThat(schedule.next(1)).isEqualTo(new Next.Wait());
    now = now.plus(SET_UP);
    schedule.ready(first.lab());
    assertThat(schedule.next(1)).isInstanceOf(Next.Run.class);
  }

  @Test
  void everySuiteGetsALabOfItsOwnWhereAsked() {
    Schedule schedule =
        new Schedule(plan("a", "a"), new Schedule.Rules(1, true, false, 8), new Known(), () -> now);
    Next.Run first = start(schedule, 0);
    end(schedule, first);
    assertThat(start(schedule, 0).isNew()).isTrue();
    assertThat(schedule.superfluous()).containsExactly(first.lab());
  }

  @Test
  void aTestenvThatCannotBeSetUpFailsItsSuites() {
    Schedule schedule = schedule(1, "a", "b", "a");
    schedule.setUpFailed(start(schedule, 0).lab());
    assertThat(schedule.next(0)).isEqualTo(new Next.Fail(queued(0, "a")));
    end(schedule, start(schedule, 0));
    assertThat(schedule.next(0)).isEqualTo(new Next.Fail(queued(2, "a")));
    assertThat(schedule.next(0)).isEqualTo(new Next.Done());
  }

  @Test
  void aCopyThatCannotBeSetUpLeavesItsSuiteToTheOthers() {
    Schedule schedule = schedule(2, "a", "a", "a", "a", "a");
    Next.Run first = start(schedule, 0);
    ready(schedule, first);
    schedule.setUpFailed(start(schedule, 1).lab());
    assertThat(schedule.next(1)).isEqualTo(new Next.Wait());
    schedule.ended(first.suite(), first.lab(), SUITE);
    assertThat(schedule.next(0)).isEqualTo(new Next.Run(queued(1, "a"), first.lab(), false));
  }

  @Test
  void aTestenvThatDiesIsSetUpAnewOnce() {
    Schedule schedule = schedule(1, "a", "a", "a");
    for (int life = 0; life < 2; life++) {
      Next.Run run = start(schedule, 0);
      assertThat(run.isNew()).isTrue();
      ready(schedule, run);
      schedule.died(run.lab());
    }
    assertThat(schedule.next(0)).isEqualTo(new Next.Fail(queued(2, "a")));
  }

  @Test
  void whatDiedUnnoticedIsNotHeldAgainstTheNextSuite() {
    Schedule schedule = schedule(1, "a", "a");
    end(schedule, start(schedule, 0));
    Next.Run second = start(schedule, 0);
    schedule.diedIdle(second.suite(), second.lab());
    assertThat(schedule.next(0)).isEqualTo(new Next.Run(second.suite(), 1, true));
  }

  @Test
  void everySuiteRunsOnceWhateverHappensAndNoLabIsUsedTwiceAtATime() {
    for (int seed = 0; seed < 2000; seed++) {
      new RandomRun(seed).check();
    }
  }

  /** A run in which set-ups fail, labs die, and workers take their time, all by chance. */
  private final class RandomRun {
    private final Random random;
    private final int jobs;
    private final List<QueuedSuite> plan;
    private final Schedule schedule;
    private final Map<Integer, Next.Run> running = new HashMap<>();
    private final Set<Integer> up = new HashSet<>();
    private final List<Integer> told = new ArrayList<>();

    RandomRun(long seed) {
      random = new Random(seed);
      jobs = 1 + random.nextInt(5);
      List<String> testenvs = new ArrayList<>();
      for (int i = random.nextInt(30); i >= 0; i--) {
        testenvs.add(String.valueOf((char) ('a' + random.nextInt(4))));
      }
      plan = plan(testenvs.toArray(String[]::new));
      schedule =
          new Schedule(
              plan,
              new Schedule.Rules(
                  jobs, random.nextInt(4) == 0, random.nextBoolean(), random.nextInt(3)),
              new Known(),
              () -> now);
    }

    void check() {
      int done = 0;
      for (int turn = 0; done < jobs; turn++) {
        assertThat(turn).as("turns until the end").isLessThan(10_000);
        done = 0;
        for (int worker = 0; worker < jobs; worker++) {
          if (running.containsKey(worker)) {
            end(worker);
          } else if (ask(worker)) {
            done++;
          }
        }
      }
      assertThat(told).hasSameSizeAs(plan).doesNotHaveDuplicates();
    }

    /** Whether nothing is left for the worker. */
    private boolean ask(int worker) {
      Next next = schedule.next(worker);
      up.removeAll(schedule.superfluous());
      switch (next) {
        case Next.Run run -> {
          assertThat(running.values()).noneMatch(other -> other.lab() == run.lab());
          assertThat(up.add(run.lab())).isEqualTo(run.isNew());
          begin(worker, run);
        }
        case Next.Fail(QueuedSuite suite) -> told.add(suite.place());
        case Next.Wait _ -> assertThat(running).as("who ends the wait").isNotEmpty();
        case Next.Done _ -> {
          return true;
        }
      }
      return false;
    }

    private void begin(int worker, Next.Run run) {
      now = now.plusSeconds(random.nextInt(20));
      if (random.nextInt(10) == 0) {
        up.remove(run.lab());
        if (run.isNew()) {
          schedule.setUpFailed(run.lab());
        } else {
          schedule.diedIdle(run.suite(), run.lab());
        }
      } else {
        if (run.isNew()) {
          schedule.ready(run.lab());
        }
        running.put(worker, run);
      }
    }

    private void end(int worker) {
      if (random.nextInt(3) > 0) {
        return;
      }
      Next.Run run = Objects.requireNonNull(running.remove(worker));
      told.add(run.suite().place());
      if (random.nextInt(10) == 0) {
        up.remove(run.lab());
        schedule.died(run.lab());
      } else {
        schedule.ended(run.suite(), run.lab(), SUITE);
      }
    }
  }

  private Schedule schedule(int jobs, String... testenvs) {
    return new Schedule(
        plan(testenvs), new Schedule.Rules(jobs, false, false, 8), new Known(), () -> now);
  }

  private static List<QueuedSuite> plan(String... testenvs) {
    List<QueuedSuite> plan = new ArrayList<>();
    for (String testenv : testenvs) {
      plan.add(queued(plan.size(), testenv));
    }
    return plan;
  }

  private static QueuedSuite queued(int place, String testenv) {
    return new QueuedSuite(
        new Suite(
            testenv + place,
            TestenvChoice.parse(testenv).orElseThrow(),
            new SuiteCommand("true", Optional.empty()),
            Optional.empty(),
            SuiteSettings.USUAL,
            new Position("plan", 1, 1)),
        testenv,
        place);
  }

  /** What a worker is to run, for one that has something to run. */
  private static Next.Run start(Schedule schedule, int worker) {
    return (Next.Run) schedule.next(worker);
  }

  private void ready(Schedule schedule, Next.Run run) {
    now = now.plus(SET_UP);
    schedule.ready(run.lab());
  }

  private static void end(Schedule schedule, Next.Run run) {
    if (run.isNew()) {
      schedule.ready(run.lab());
    }
    schedule.ended(run.suite(), run.lab(), SUITE);
  }

  private static List<String> runAll(Schedule schedule) {
    List<String> all = new ArrayList<>();
    while (schedule.next(0) instanceof Next.Run run) {
      String in = run.isNew() ? "new " + run.lab() : String.valueOf(run.lab());
      all.add(run.suite().suite().name() + " in " + in);
      end(schedule, run);
      schedule.superfluous();
    }
    return all;
  }

  private static final class Known implements EarlierTimes {
    @Override
    public Optional<Duration> ofSuite(String suite) {
      return Optional.of(SUITE);
    }

    @Override
    public Optional<Duration> ofSetUp(String testenv) {
      return Optional.of(SET_UP);
    }
  }
}
