package dev.warren.selftest.run;

import dev.warren.selftest.plan.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The labs of a run: workers take one for each suite and give it back. Which, and when another one
 * is made, the {@link Schedule} decides. Labs that nobody wants any more end in the background.
 */
final class LabPool implements AutoCloseable {
  private final Schedule schedule;
  private final LabFactory factory;
  private final Optional<Hold> hold;
  private final Map<Integer, TestLab> labs = new HashMap<>();
  private final Map<String, FailedTestenv> failures = new HashMap<>();
  private final List<Future<?>> ending = new ArrayList<>();
  private final ExecutorService enders =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("warren-ending-", 1).factory());

  /**
   * No lab yet.
   *
   * @param hold keeps the lab of the first failure
   */
  LabPool(Schedule schedule, LabFactory factory, Optional<Hold> hold) {
    this.schedule = schedule;
    this.factory = factory;
    this.hold = hold;
  }

  /** What a worker does next; waits until there is something. */
  synchronized Schedule.Next next(int worker) throws InterruptedException {
    while (true) {
      Schedule.Next next = schedule.next(worker);
      schedule.superfluous().forEach(this::end);
      if (!(next instanceof Schedule.Next.Wait)) {
        return next;
      }
      wait();
    }
  }

  /** Why no suite of a testenv can run; there is a reason when the schedule says so. */
  synchronized FailedTestenv failure(String testenv) {
    return Objects.requireNonNull(failures.get(testenv), "why the testenv failed");
  }

  /**
   * The lab for a suite, with its testenv ready; made first if it is new.
   *
   * @return empty when it could not be made, or has died: the schedule says what comes then
   */
  Optional<TestLab> take(Schedule.Next.Run run) throws IOException, InterruptedException {
    TestLab lab = run.isNew() ? start(run) : present(run);
    try {
      lab.setUp();
      lab.watch();
    } catch (PartMissingException nothingToLookAt) {
      // Its suites are skipped.
    } catch (TestenvFailedException told) {
      // As the lab says itself.
      hold(run.suite().suite(), lab);
    }
    return settled(run, lab);
  }

  /** Keeps a lab whose testenv failed, for somebody to look at, when that is the first failure. */
  private void hold(Suite suite, TestLab lab) throws IOException, InterruptedException {
    if (hold.isPresent() && hold.get().isFirst()) {
      new HeldSuite(lab, suite, lab.client(), lab.suiteEnvironment().all()).keep(hold.get());
    }
  }

  private TestLab start(Schedule.Next.Run run) throws IOException {
    TestLab lab = factory.start(run.suite().testenv());
    synchronized (this) {
      labs.put(run.lab(), lab);
    }
    return lab;
  }

  private synchronized TestLab present(Schedule.Next.Run run) {
    return Objects.requireNonNull(labs.get(run.lab()), "a lab that is not new is there");
  }

  private synchronized Optional<TestLab> settled(Schedule.Next.Run run, TestLab lab) {
    boolean sound = isSound(run, lab);
    if (sound && run.isNew()) {
      schedule.ready(run.lab());
    } else if (run.isNew()) {
      schedule.setUpFailed(run.lab());
    } else if (!sound) {
      schedule.diedIdle(run.suite(), run.lab());
    }
    notifyAll();
    return sound ? Optional.of(lab) : Optional.empty();
  }

  /**
   * Takes a lab back in which a suite has ended; one that cannot be used any more is thrown away.
   *
   * @param fresh whether the client is as good as new
   */
  synchronized void giveBack(Schedule.Next.Run run, TestLab lab, Duration took, boolean fresh) {
    if (!isSound(run, lab)) {
      schedule.died(run.lab());
    } else {
      schedule.ended(run.suite(), run.lab(), took);
      if (!fresh) {
        schedule.discarded(run.lab());
        end(run.lab());
      }
    }
    notifyAll();
  }

  private boolean isSound(Schedule.Next.Run run, TestLab lab) {
    lab.failure()
        .ifPresent(
            failure -> {
              failures.put(run.suite().testenv(), new FailedTestenv(lab.name(), failure));
              end(run.lab());
            });
    return lab.failure().isEmpty();
  }

  private void end(int number) {
    TestLab lab = labs.remove(number);
    if (lab != null) {
      ending.add(
          enders.submit(
              () -> {
                lab.close();
                return lab;
              }));
    }
  }

  /**
   * Ends all labs and waits until they have ended. An interrupt shortens the copying of logs; the
   * thread is interrupted again afterwards.
   *
   * @throws IOException when a log could not be copied; the others are there
   */
  @Override
  public void close() throws IOException {
    List<Future<?>> all;
    synchronized (this) {
      List.copyOf(labs.keySet()).forEach(this::end);
      all = List.copyOf(ending);
    }
    List<IOException> failures = new ArrayList<>();
    boolean interrupted = false;
    for (Future<?> one : all) {
      boolean ended = false;
      while (!ended) {
        try {
          one.get();
          ended = true;
        } catch (InterruptedException e) {
          interrupted = true;
          enders.shutdownNow();
        } catch (ExecutionException e) {
          failures.add(cause(e));
          ended = true;
        }
      }
    }
    enders.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!failures.isEmpty()) {
      IOException first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  private static IOException cause(ExecutionException failure) {
    return switch (Objects.requireNonNull(failure.getCause(), "what the end threw")) {
      case IOException known -> known;
      case Throwable other -> new IOException("end a lab: " + other, other);
    };
  }
}
