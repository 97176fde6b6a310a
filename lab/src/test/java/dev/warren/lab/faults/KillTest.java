package dev.warren.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.faults.DoomedLab.Phase;
import dev.warren.lab.testing.OtherJvm;
import dev.warren.linux.process.ProcessStat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Warren is killed by SIGKILL at random moments of a lab's life, and soon after nothing is left of
 * it. {@code bench/kills.sh} does it more often, and allows 200 ms.
 *
 * <p>{@code -Dwarren.kills=N}: so often; {@code -Dwarren.kills.within=MS}: until when all must be
 * gone; {@code -Dwarren.seed=N}: the moments of an earlier run.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("warren.kills", 12);
  private static final long WITHIN = Long.getLong("warren.kills.within", 10_000);
  private static final long SEED = Long.getLong("warren.seed", System.nanoTime() % 1_000_000);

  private static final List<Phase> TARGETS = List.of(Phase.MAKING, Phase.RUNNING, Phase.ENDING);

  /** How long a phase lasts, until it was seen to last longer or shorter. */
  private static final Duration FIRST_GUESS = Duration.ofMillis(300);

  @TempDir private Path folder;
  private final Random chance = new Random(SEED);
  private final Map<Phase, Duration> lasts = new EnumMap<>(Phase.class);
  private final List<Long> times = new ArrayList<>();
  private final Map<Phase, Integer> hits = new EnumMap<>(Phase.class);
  private int namespaces;

  @Test
  void killedAtAnyMomentItLeavesNothing() throws Exception {
    System.out.println("seed " + SEED);
    Files.createDirectory(runtime());
    Files.createDirectory(temporary());
    try (Orphans orphans = new Orphans()) {
      Machine before = Machine.now();
      Victim next = new Victim(0);
      // Once before the clock runs.
      assertThat(left(orphans, Set.of(next.process.pid()), before)).isEmpty();
      Holdings.of(next.process.pid()).left();
      try {
        for (int number = 0; number < KILLS; number++) {
          Victim victim = next;
          Phase phase = TARGETS.get(chance.nextInt(TARGETS.size()));
          double share = chance.nextDouble();
          victim.live();
          victim.await(phase);
          Duration delay =
              Duration.ofNanos((long) (lasts.getOrDefault(phase, FIRST_GUESS).toNanos() * share));
          Thread.sleep(delay);
          Holdings had = Holdings.of(victim.process.pid());
          victim.kill();
          long killed = System.nanoTime();
          next = new Victim(number + 1);
          String moment =
              "kill %d, %d ms after %s began (%s)"
                  .formatted(number, delay.toMillis(), phase, victim.kind());
          Set<Long> known = Set.of(next.process.pid());
          requireGone(
              moment,
              killed,
              () -> {
                List<String> left = left(orphans, known, before);
                left.addAll(had.left());
                return left;
              });
          namespaces += had.namespaces();
          hits.merge(victim.phase(), 1, Integer::sum);
          victim.learn();
        }
      } finally {
        next.kill();
      }
      requireNextStarts();
    }
    times.sort(null);
    System.out.printf(
        "%d kills at %s, %d namespaces%s: all gone after %d ms (median), %d ms (longest)%n",
        KILLS,
        hits,
        namespaces,
        Holdings.canTell() ? "" : " (this kernel does not say which are left)",
        times.get(times.size() / 2),
        times.getLast());
    assertThat(namespaces).isPositive();
  }

  /** A look at what there still is. */
  private interface Search {
    List<String> left() throws IOException;
  }

  private Path runtime() {
    return folder.resolve("run");
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }

  private void requireGone(String moment, long killed, Search search)
      throws IOException, InterruptedException {
    while (true) {
      List<String> left = search.left();
      long now = Duration.ofNanos(System.nanoTime() - killed).toMillis();
      if (left.isEmpty()) {
        times.add(now);
        return;
      }
      if (now > WITHIN) {
        throw new AssertionError(
            "%s: after %d ms there is still %s (seed %d)".formatted(moment, now, left, SEED));
      }
      Thread.sleep(5);
    }
  }

  private List<String> left(Orphans orphans, Set<Long> known, Machine before) throws IOException {
    List<String> left = new ArrayList<>();
    for (ProcessStat process : orphans.left(known)) {
      left.add("process " + process + " " + commandLine(process.pid()));
    }
    entries(runtime()).stream()
        .filter(entry -> !entry.equals(".lock"))
        .map(entry -> "state " + entry)
        .forEach(left::add);
    entries(temporary()).forEach(entry -> left.add("temporary " + entry));
    left.addAll(Machine.now().without(before));
    return left;
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }

  private static Set<String> entries(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return new TreeSet<>(
          all.filter(path -> !path.equals(folder))
              .map(path -> folder.relativize(path).toString())
              .toList());
    } catch (UncheckedIOException changing) {
      return Set.of("(changing)");
    }
  }

  private void requireNextStarts() throws IOException {
    LabDescription lab =
        LabDescription.builder("next").host(HostDescription.named("a").on("selftest0")).build();
    try (Lab started = Lab.start(lab, LabSettings.in(temporary()))) {
      assertThat(started.hosts()).hasSize(1);
    }
  }

  /** What others see of the machine. */
  private record Machine(Set<String> seen) {
    static Machine now() throws IOException {
      Set<String> seen = new TreeSet<>();
      Files.readAllLines(Path.of("/proc/self/mountinfo"))
          .forEach(line -> seen.add("mount " + line));
      Files.readAllLines(Path.of("/proc/self/net/dev")).stream()
          .filter(line -> line.contains(":"))
          .forEach(line -> seen.add("interface " + line.substring(0, line.indexOf(':')).strip()));
      try (Stream<Path> all = Files.list(Path.of("/dev/shm"))) {
        all.map(Path::toString)
            .filter(path -> path.contains("warren"))
            .forEach(path -> seen.add("file " + path));
      }
      return new Machine(seen);
    }

    Set<String> without(Machine before) {
      Set<String> more = new TreeSet<>(seen);
      more.removeAll(before.seen);
      return more;
    }
  }

  /** A JVM with a lab, in the one way or the other in turn. */
  private final class Victim {
    private final int number;
    private final Process process;
    private final Thread listener;
    private final Map<Phase, Long> began = new ConcurrentHashMap<>();

    Victim(int number) throws IOException {
      this.number = number;
      List<String> command =
          new ArrayList<>(OtherJvm.command(DoomedLab.class, kind(), runtime(), "lab" + number));
      command.addAll(
          1,
          List.of(
              "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary()));
      process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      listener = Thread.ofPlatform().daemon().name("listener").start(this::listen);
    }

    String kind() {
      return number % 2 == 0 ? "registered" : "of a test";
    }

    void live() throws IOException {
      process.outputWriter().write("live\n");
      process.outputWriter().flush();
    }

    /** Notes when it says what, as it does. */
    private void listen() {
      process
          .inputReader()
          .lines()
          .forEach(line -> began.put(Phase.valueOf(line), System.nanoTime()));
    }

    void await(Phase phase) throws InterruptedException {
      while (!began.containsKey(phase)) {
        assertThat(listener.isAlive())
            .as("the JVM of %s lives on until %s", kind(), phase)
            .isTrue();
        Thread.sleep(1);
      }
    }

    void kill() {
      process.destroyForcibly().onExit().join();
    }

    /** The phase that it was in at the end. */
    Phase phase() throws InterruptedException {
      listener.join();
      return new TreeSet<>(began.keySet()).last();
    }

    /** How long its phases lasted. */
    void learn() {
      for (int i = 0; i < TARGETS.size(); i++) {
        Long begin = began.get(TARGETS.get(i));
        Long end = began.get(i + 1 < TARGETS.size() ? TARGETS.get(i + 1) : Phase.ENDED);
        if (begin != null && end != null) {
          lasts.put(TARGETS.get(i), Duration.ofNanos(end - begin));
        }
      }
    }
  }
}
