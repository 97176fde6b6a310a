package dev.warren.lab.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes labs, uses and removes them, one after the other, and prints how it goes. Every tenth has
 * hosts with user namespaces of their own.
 *
 * <p>Started where no more than some dozens of namespaces of a kind may be at a time: one that
 * nobody holds and that is there all the same would count too.
 */
final class ManyLabs {
  /** The kernel takes away network namespaces in the background. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int SAMPLES = 20;
  private static final long MEGABYTE = 1 << 20;

  private ManyLabs() {}

  /**
   * Prints how it goes, and fails when something has grown.
   *
   * @param arguments a folder of the labs' own, and how many labs
   */
  public static void main(String[] arguments) throws Exception {
    Path state = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    int every = Math.max(10, count / SAMPLES);
    // What is loaded, compiled and cached once is there after these, and threads of the JVM's too.
    int first = 2 * every;
    List<Life> samples = new ArrayList<>();
    System.out.println(Life.header("labs"));
    for (int number = 1; number <= count; number++) {
      live(state, number);
      if (number % every == 0 || number == count) {
        Life now = Life.now(number);
        System.out.println(now);
        if (number >= first) {
          samples.add(now);
        }
      }
    }
    Life early = samples.getFirst();
    samples.getLast().requireFlat(early, 3, 3 * MEGABYTE, early.resident() / 4 + 20 * MEGABYTE);
    System.out.println("flat: " + early.step() + " labs and " + count + " labs take the same");
  }

  private static void live(Path state, int number) throws Exception {
    try (Lab lab = start(number, state)) {
      String said = ask(lab, "a", "getent hosts b");
      if (!said.contains("b")) {
        throw new AssertionError("host a does not know b in lab " + number + ": " + said);
      }
      lab.host("b").link("lan").cut();
      lab.host("b").link("lan").mend();
      if (number % 5 == 0) {
        LinkConditions slow = LinkConditions.both(Conditions.NONE.withDelay(Duration.ofMillis(1)));
        lab.setConditions("b", 2, slow);
        lab.add(HostDescription.named("c").on("lan", 3).build());
        lab.remove(lab.host("a"));
      }
    }
  }

  /** As long as the kernel is behind with removing, there may be no more: not for ever. */
  private static Lab start(int number, Path state) throws Exception {
    HostIsolation isolation = number % 10 == 0 ? HostIsolation.NONE.withUser() : HostIsolation.NONE;
    LabDescription description =
        LabDescription.builder("lab" + number)
            .network("lan", "10.53.57.0/24")
            .host(HostDescription.named("a").on("lan", 1).isolation(isolation))
            .host(HostDescription.named("b").on("lan", 2))
            .build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return Lab.start(description, LabSettings.in(state));
      } catch (IOException failure) {
        boolean full = String.valueOf(failure.getMessage()).contains("No space left on device");
        if (!full || System.nanoTime() > end) {
          throw failure;
        }
        Thread.sleep(20);
      }
    }
  }

  private static String ask(Lab lab, String host, String script) throws IOException {
    HostProcess process = lab.host(host).start(HostCommand.shell(script).mergeErrors());
    process.getOutputStream().close();
    try (var out = process.getInputStream()) {
      return new String(out.readAllBytes(), UTF_8);
    }
  }
}
