package dev.warren.lab.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.Link;
import dev.warren.lab.capture.Capture;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.process.HostCommand;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps one lab busy for a long time: two streams of bytes that are compared one by one, a process
 * started and a name looked up every second, a capture, and every second a link that is cut for
 * half of it. One of the links goes through a wire in user space (or netem), with a delay of a
 * millisecond.
 */
final class BusyLab {
  private static final Duration HALF = Duration.ofMillis(500);

  private static final long MEGABYTE = 1 << 20;
  private static final int WARM_UP = 2;

  private BusyLab() {}

  /**
   * Prints how it goes, and fails when something has grown.
   *
   * @param arguments a folder of the lab's own, for how many seconds, how often a sample is taken
   *     (seconds), and how many megabytes a second a stream may send
   */
  public static void main(String[] arguments) throws Exception {
    long seconds = Long.parseLong(arguments[1]);
    long every = Long.parseLong(arguments[2]);
    long rate = Long.parseLong(arguments[3]) * MEGABYTE;
    Path state = Path.of(arguments[0]);
    // What the JVM opens and loads once is there after this.
    var _ = live(state, 2, Long.MAX_VALUE, rate);
    Life before = Life.now(0);
    System.out.println(Life.header("seconds") + "  sent MB  longest silence ms");
    System.out.println(before);
    List<Life> samples = live(state, seconds, every, rate);
    Life after = Life.now(seconds);
    System.out.println(after + "   after the lab");
    after.requireFlat(before, 3, 8 * MEGABYTE, Long.MAX_VALUE / 2);
    if (samples.size() > WARM_UP) {
      Life early = samples.get(WARM_UP - 1);
      samples.getLast().requireFlat(early, 3, 8 * MEGABYTE, early.resident() / 4 + 20 * MEGABYTE);
    }
    System.out.printf("flat: %d cuts, and all bytes arrived as they were sent%n", seconds);
  }

  /** One lab; gives how this process was from time to time. */
  private static List<Life> live(Path state, long seconds, long every, long rate) throws Exception {
    List<Life> samples = new ArrayList<>();
    Nowhere file = new Nowhere();
    try (Lab lab = Lab.start(lab(), LabSettings.in(state))) {
      lab.setConditions(
          "d", 4, LinkConditions.both(Conditions.NONE.withDelay(Duration.ofMillis(1))));
      try (Capture _ = lab.capture(new CaptureTarget.Network("lan"), file, 64);
          Flow one = Flow.between(lab.host("a"), lab.host("b"), "10.53.57.2", rate);
          Flow other = Flow.between(lab.host("c"), lab.host("d"), "10.53.57.4", rate)) {
        long start = System.nanoTime();
        List<Link> links = lab.hosts().stream().flatMap(host -> host.links().stream()).toList();
        for (long second = 0; second < seconds; second++) {
          Link link = links.get((int) (second % links.size()));
          link.cut();
          Thread.sleep(HALF);
          link.mend();
          use(lab.hosts().get((int) (second % links.size())));
          one.requireAlive();
          other.requireAlive();
          if ((second + 1) % every == 0) {
            Life now = Life.now(second + 1);
            samples.add(now);
            System.out.printf(
                "%s %8d %8d%n",
                now,
                (one.received() + other.received()) / MEGABYTE,
                Math.max(one.longestSilence(), other.longestSilence()));
          }
          long due = start + Duration.ofSeconds(second + 1).toNanos();
          Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        }
      }
    }
    if (file.bytes.get() == 0) {
      throw new AssertionError("nothing was captured");
    }
    return samples;
  }

  private static LabDescription lab() {
    return LabDescription.builder("busy")
        .seed(42)
        .network("lan", "10.53.57.0/24")
        .host(HostDescription.named("a").on("lan", 1))
        .host(HostDescription.named("b").on("lan", 2))
        .host(HostDescription.named("c").on("lan", 3))
        .host(HostDescription.named("d").on("lan", 4))
        .build();
  }

  private static void use(Host host) throws Exception {
    Process process = host.start(HostCommand.shell("getent hosts a && hostname").mergeErrors());
    process.getOutputStream().close();
    String said;
    try (var out = process.getInputStream()) {
      said = new String(out.readAllBytes(), UTF_8);
    }
    if (process.waitFor() != 0 || !said.endsWith(host.name() + "\n")) {
      throw new AssertionError("in " + host + ": " + said);
    }
  }

  /** A capture's file that only counts. */
  private static final class Nowhere implements WritableByteChannel {
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public int write(ByteBuffer source) {
      int count = source.remaining();
      source.position(source.limit());
      bytes.addAndGet(count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
