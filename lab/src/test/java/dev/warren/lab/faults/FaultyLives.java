package dev.warren.lab.faults;

import dev.warren.lab.LabSettings;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.FailingKernel;
import dev.warren.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lives the life of a lab again and again; each time another call of the system fails, or another
 * request to netlink. Prints a table, and what was not as it should be.
 */
final class FaultyLives {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration UNTIL_GONE = Duration.ofSeconds(10);
  private static final int ENOUGH_PROBLEMS = 40;

  private static final List<Errno> NETLINK =
      List.of(Errno.ENOMEM, Errno.EPERM, Errno.EBUSY, Errno.ENOBUFS, Errno.EINVAL, Errno.EEXIST);

  /** What fails in a life. */
  private interface Fault {
    Kernel kernel();

    int seen();

    /** What failed; empty when it did not come to that. */
    String happened();
  }

  /**
   * One row of the table.
   *
   * @param kind "calls" or "requests"
   * @param hostsAtOnce side by side
   * @param round which of the possible errors
   */
  private record Row(String kind, boolean enclosed, int hostsAtOnce, int round) {
    Fault fault(int nth) {
      return kind.equals("calls") ? ofCall(nth) : ofRequest(nth);
    }

    private Fault ofCall(int nth) {
      FailingKernel kernel =
          new FailingKernel(Kernel.real(), _ -> true, nth, call -> PossibleErrors.of(call, round));
      return new Fault() {
        @Override
        public Kernel kernel() {
          return kernel;
        }

        @Override
        public int seen() {
          return kernel.seen();
        }

        @Override
        public String happened() {
          return kernel.failure().map(FailingKernel.Failure::toString).orElse("");
        }
      };
    }

    private Fault ofRequest(int nth) {
      Errno errno = NETLINK.get(round % NETLINK.size());
      RefusingNetlink kernel = new RefusingNetlink(Kernel.real(), nth, errno);
      return new Fault() {
        @Override
        public Kernel kernel() {
          return kernel;
        }

        @Override
        public int seen() {
          return kernel.seen();
        }

        @Override
        public String happened() {
          return kernel.hasRefused() ? "a request with " + errno.name() : "";
        }
      };
    }
  }

  private final Path state;
  private final List<String> problems = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> uncaught = new ConcurrentLinkedQueue<>();
  private final Set<String> messages = new TreeSet<>();

  private FaultyLives(Path state) {
    this.state = state;
  }

  /**
   * Prints how it goes; the exit code is 1 when something was not as it should be.
   *
   * @param arguments a folder of the labs' own; how many errors each call gets, one after the
   *     other; every how manieth call fails; and a seed, for where that begins
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[1]);
    int every = Integer.parseInt(arguments[2]);
    Random chance = new Random(Long.parseLong(arguments[3]));
    FaultyLives all = new FaultyLives(Path.of(arguments[0]));
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> all.uncaught.add(thread.getName() + " died of " + trace(failure)));
    try {
      all.live(rounds, every, chance);
    } catch (Exception | Error failure) {
      all.problems.add(trace(failure));
    }
    all.messages.forEach(message -> System.out.println("  " + message));
    if (!all.problems.isEmpty()) {
      System.out.println(all.problems.size() + " problems (seed " + arguments[3] + "):");
      all.problems.stream().limit(ENOUGH_PROBLEMS).forEach(System.out::println);
      System.exit(1);
    }
    System.out.println("nothing left in any case");
  }

  private void live(int rounds, int every, Random chance) throws Exception {
    System.out.printf(
        "%-9s %-9s %6s %6s %6s %8s %8s %9s %11s%n",
        "fails",
        "one host",
        "errors",
        "hosts",
        "calls",
        "cases",
        "refused",
        "survived",
        "longest ms");
    int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
    for (boolean enclosed : new boolean[] {false, true}) {
      // With a user namespace it takes several times as long: processes are started for it.
      int step = enclosed ? every * 3 : every;
      run(enclosed, 1, Math.min(rounds, PossibleErrors.MOST), step, chance);
      run(enclosed, processors, 1, step * 2, chance);
    }
  }

  private void run(boolean enclosed, int hostsAtOnce, int rounds, int every, Random chance)
      throws Exception {
    for (String kind : List.of("calls", "requests")) {
      for (int round = 0; round < rounds; round++) {
        run(new Row(kind, enclosed, hostsAtOnce, round), every, chance);
      }
    }
  }

  private void run(Row row, int every, Random chance) throws Exception {
    // Twice: one may have had to wait for something again and again.
    int first = calls(row);
    int second = calls(row);
    int calls = Math.min(first, second);
    // Loaded, opened and cached once.
    Footprint before = Footprint.now();
    int cases = 0;
    int refused = 0;
    int survived = 0;
    long longest = 0;
    for (int nth = 1 + chance.nextInt(every); nth <= calls; nth += every) {
      Fault fault = row.fault(nth);
      long begin = System.nanoTime();
      String name = "%s %d of %d (%s)".formatted(row.kind(), nth, calls, row);
      List<WholeLife.Failure> failed;
      try {
        failed = live(row, fault, name);
      } catch (Exception | Error worse) {
        problems.add(name + ", " + fault.happened() + ": " + trace(worse));
        failed = List.of();
      }
      before = requireGone(before, name + ", " + fault.happened());
      longest = Math.max(longest, Duration.ofNanos(System.nanoTime() - begin).toMillis());
      if (fault.happened().isEmpty()) {
        continue;
      }
      cases++;
      if (failed.isEmpty()) {
        survived++;
      } else {
        refused++;
        failed.forEach(failure -> requireClear(failure, name + ", " + fault.happened()));
      }
      while (!uncaught.isEmpty()) {
        problems.add(name + ", " + fault.happened() + ": " + uncaught.poll());
      }
    }
    System.out.printf(
        "%-9s %-9s %6d %6d %6d %8d %8d %9d %11d%n",
        row.kind(),
        row.enclosed() ? "own users" : "-",
        row.round() + 1,
        row.hostsAtOnce(),
        calls,
        cases,
        refused,
        survived,
        longest);
  }

  private int calls(Row row) throws Exception {
    Fault none = row.fault(0);
    List<WholeLife.Failure> failures = live(row, none, "none");
    if (!failures.isEmpty()) {
      throw new IllegalStateException("it does not work at all", failures.getFirst().reason());
    }
    return none.seen();
  }

  /** Lives one, and not for ever. */
  private List<WholeLife.Failure> live(Row row, Fault fault, String name) throws Exception {
    LabSettings settings =
        LabSettings.in(state).withKernel(fault.kernel()).withHostsAtOnce(row.hostsAtOnce());
    WholeLife life = new WholeLife(settings, row.enclosed());
    AtomicReference<List<WholeLife.Failure>> failures = new AtomicReference<>(List.of());
    AtomicReference<Throwable> worse = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("life")
            .start(
                () -> {
                  try {
                    failures.set(life.live());
                  } catch (Throwable thrown) {
                    worse.set(thrown);
                  }
                });
    if (!thread.join(LONGEST)) {
      System.out.printf("%s, %s: hangs in %s%n", name, fault.happened(), life.step());
      dump();
      Runtime.getRuntime().halt(1);
    }
    switch (worse.get()) {
      case null -> {}
      case Exception failure -> throw failure;
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException(other);
    }
    return failures.get();
  }

  private static void dump() {
    Thread.getAllStackTraces()
        .forEach(
            (thread, frames) -> {
              System.out.println(thread);
              Stream.of(frames).forEach(frame -> System.out.println("    at " + frame));
            });
  }

  private void requireClear(WholeLife.Failure failure, String name) {
    String text = String.valueOf(failure.reason().getMessage());
    boolean clear =
        failure.reason() instanceof IOException
            && text.lines().count() == 1
            && !text.matches(".*(?<!/)\\bnull\\b.*")
            && !text.contains("Exception")
            && text.matches(".*(" + failure.about() + ").*")
            && text.matches(".*[a-z].*: .*[a-z].*");
    if (clear) {
      messages.add(failure.step() + ": " + text.replaceAll("[0-9]{2,}", "N"));
    } else {
      problems.add(
          "%s: not clear enough in %s: %s"
              .formatted(name, failure.step(), trace(failure.reason())));
    }
  }

  private static String trace(Throwable thrown) {
    StringBuilder all = new StringBuilder();
    for (Throwable one = thrown; one != null; one = one.getCause()) {
      all.append(one).append('\n');
      Stream.of(one.getStackTrace())
          .filter(frame -> frame.getClassName().startsWith("dev.warren"))
          .limit(8)
          .forEach(frame -> all.append("    at ").append(frame).append('\n'));
      for (Throwable other : one.getSuppressed()) {
        all.append("  suppressed ").append(trace(other).replace("\n", "\n  ")).append('\n');
      }
    }
    return all.toString();
  }

  /** Gives what there is now: what was left once is not told again. */
  private Footprint requireGone(Footprint before, String name) throws Exception {
    long end = System.nanoTime() + UNTIL_GONE.toNanos();
    while (true) {
      String left = left(before);
      if (left.isEmpty()) {
        return before;
      }
      if (System.nanoTime() > end) {
        problems.add(name + ": left are " + left);
        return Footprint.now();
      }
      Thread.sleep(2);
    }
  }

  private String left(Footprint before) throws IOException {
    Footprint now = Footprint.now();
    Set<String> left = new TreeSet<>();
    left.addAll(more(now.descriptors(), before.descriptors()));
    left.addAll(more(now.namespaces(), before.namespaces()));
    left.addAll(more(now.mounts(), before.mounts()));
    List<String> threads = new ArrayList<>(now.threads());
    before.threads().forEach(threads::remove);
    threads.forEach(thread -> left.add("thread " + thread));
    now.children().stream()
        .filter(child -> !before.children().contains(child))
        .forEach(child -> left.add("process " + child));
    try (Stream<Path> files = Files.list(state)) {
      files.forEach(file -> left.add("file " + file));
    }
    return left.stream().collect(Collectors.joining(", "));
  }

  private static Set<String> more(Iterable<String> now, Iterable<String> before) {
    Set<String> more = new TreeSet<>();
    now.forEach(more::add);
    before.forEach(more::remove);
    return more;
  }
}
