package dev.warren.lab.description;

import dev.warren.lab.source.Durations;
import dev.warren.lab.source.Percents;
import dev.warren.lab.source.Rates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What happens to packets in one direction of a cable.
 *
 * @param rate bits a second, counted from the first byte of the Ethernet header; without it the
 *     cable is as fast as the machine
 * @param delay how long each packet is on its way, besides the time that the rate costs
 * @param jitter by how much the delay of a packet differs at most, up or down, all values equally
 *     likely; packets keep their order
 * @param loss how many of a hundred packets are lost
 * @param duplicate how many of a hundred packets come twice
 * @param reorder how many of a hundred packets overtake those before them: they are not delayed
 * @param corrupt in how many of a hundred packets one bit is wrong
 * @param queue how many bytes may wait for the rate; what comes when it is full is lost
 */
public record Conditions(
    OptionalLong rate,
    Duration delay,
    Duration jitter,
    double loss,
    double duplicate,
    double reorder,
    double corrupt,
    OptionalLong queue) {

  /** The longest delay. */
  public static final Duration MAX_DELAY = Duration.ofSeconds(60);

  private static final long MIN_RATE = 1000;
  private static final long MAX_RATE = 100_000_000_000L;
  private static final long MAX_QUEUE = 1_000_000_000;

  /** Ten packets of full size: less makes no queue. */
  private static final long SMALL_QUEUE = 15_000;

  private static final long USUAL_QUEUE = 64_000;

  /** Programs do not run at every moment: about so long a sender or receiver may be away. */
  private static final Duration LEAST_WAIT = Duration.ofMillis(10);

  /** Nothing happens to them. */
  public static final Conditions NONE =
      new Conditions(
          OptionalLong.empty(), Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, OptionalLong.empty());

  /** Checks the ranges, and what makes no sense together. */
  public Conditions {
    rate.ifPresent(
        bits ->
            Checks.check(
                bits >= MIN_RATE && bits <= MAX_RATE,
                "the rate %s is out of range: 1kbit/s to 100Gbit/s",
                Rates.text(bits)));
    Checks.check(
        !delay.isNegative() && delay.compareTo(MAX_DELAY) <= 0,
        "the delay %s is out of range: 0ms to 60s",
        Durations.text(delay));
    Checks.check(
        !jitter.isNegative() && jitter.compareTo(delay) <= 0,
        "a jitter of %s needs a delay of as much or more, but the delay is %s",
        Durations.text(jitter),
        Durations.text(delay));
    percent("loss", loss);
    percent("duplicate", duplicate);
    percent("reorder", reorder);
    percent("corrupt", corrupt);
    Checks.check(
        reorder == 0 || !delay.isZero(),
        "reordering needs a delay: a packet overtakes those that are still on their way");
    queue.ifPresent(
        bytes ->
            Checks.check(
                bytes >= 1 && bytes <= MAX_QUEUE,
                "the queue of %d bytes is out of range: 1 to %d",
                bytes,
                MAX_QUEUE));
    Checks.check(
        queue.isEmpty() || rate.isPresent(), "a queue needs a rate: without one nothing waits");
  }

  private static void percent(String what, double value) {
    Checks.check(value >= 0 && value <= 100, "%s is a percentage, 0%% to 100%%", what);
  }

  /** The same with another rate, in bits a second. */
  public Conditions withRate(long bits) {
    return new Conditions(
        OptionalLong.of(bits), delay, jitter, loss, duplicate, reorder, corrupt, queue);
  }

  /** The same with another delay. */
  public Conditions withDelay(Duration value) {
    return new Conditions(rate, value, jitter, loss, duplicate, reorder, corrupt, queue);
  }

  /** The same with another jitter; the delay must be there first. */
  public Conditions withJitter(Duration value) {
    return new Conditions(rate, delay, value, loss, duplicate, reorder, corrupt, queue);
  }

  /** The same with other losses, in percent. */
  public Conditions withLoss(double percent) {
    return new Conditions(rate, delay, jitter, percent, duplicate, reorder, corrupt, queue);
  }

  /** The same with other duplicates, in percent. */
  public Conditions withDuplicate(double percent) {
    return new Conditions(rate, delay, jitter, loss, percent, reorder, corrupt, queue);
  }

  /** The same with other reordering, in percent; the delay must be there first. */
  public Conditions withReorder(double percent) {
    return new Conditions(rate, delay, jitter, loss, duplicate, percent, corrupt, queue);
  }

  /** The same with other corruption, in percent. */
  public Conditions withCorrupt(double percent) {
    return new Conditions(rate, delay, jitter, loss, duplicate, reorder, percent, queue);
  }

  /** The same with a queue of so many bytes; the rate must be there first. */
  public Conditions withQueue(long bytes) {
    return new Conditions(
        rate, delay, jitter, loss, duplicate, reorder, corrupt, OptionalLong.of(bytes));
  }

  /** Whether nothing happens to packets. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Whether what happens to a packet is a matter of chance. */
  public boolean hasChance() {
    return !jitter.isZero() || loss > 0 || duplicate > 0 || reorder > 0 || corrupt > 0;
  }

  /** Whether there is a rate and nothing else. */
  public boolean isRateAlone() {
    return rate.isPresent()
        && equals(new Conditions(rate, Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, queue));
  }

  /**
   * How many bytes may wait for the rate. Unless it was said: what the rate lets through in twice
   * the delay, so that a sender who waits for answers keeps the cable busy, and in 10 ms, so that
   * it has the time to; at least 64,000 bytes or one second of the rate, whichever is less, and
   * never less than 15,000 bytes.
   */
  public long queueBytes() {
    if (queue.isPresent() || rate.isEmpty()) {
      return queue.orElse(0);
    }
    double second = rate.getAsLong() / 8.0;
    double product = second * Math.max(2 * delay.toNanos(), LEAST_WAIT.toNanos()) / 1e9;
    return (long) Math.max(Math.max(product, Math.min(USUAL_QUEUE, second)), SMALL_QUEUE);
  }

  /** In words: {@code 10Mbit/s, 20ms +-5ms, loss 1%}; {@code perfect} when nothing happens. */
  public String describe() {
    return isNone() ? "perfect" : String.join(", ", words());
  }

  /** What {@link #describe} joins: {@code loss 1%}; none when nothing happens. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    rate.ifPresent(bits -> words.add(Rates.text(bits)));
    if (!delay.isZero()) {
      String spread = jitter.isZero() ? "" : " +-" + Durations.text(jitter);
      words.add("delay " + Durations.text(delay) + spread);
    }
    add(words, "loss", loss);
    add(words, "duplicate", duplicate);
    add(words, "reorder", reorder);
    add(words, "corrupt", corrupt);
    queue.ifPresent(bytes -> words.add("queue " + bytes + " bytes"));
    return List.copyOf(words);
  }

  private static void add(List<String> words, String what, double percent) {
    if (percent > 0) {
      words.add(what + " " + Percents.text(percent));
    }
  }
}
