package dev.warren.lab.wire;

import dev.warren.lab.description.Conditions;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import dev.warren.linux.packet.PacketSocket;
import dev.warren.linux.packet.VnetHeader;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.LongAdder;

/**
 * One direction of a wire: a thread that receives at one end, lets the conditions do what they do,
 * and sends at the other end when it is time.
 *
 * <p>A packet waits its turn in the queue, then takes the time that the rate costs, then travels
 * for the delay. One that overtakes does not travel.
 */
final class Pump implements Runnable {
  /** From linux/prctl.h: how late a timer may be, in nanoseconds; usually 50,000. */
  private static final int PR_SET_TIMERSLACK = 29;

  /** More than a frame of the longest packet with its headers. */
  private static final int LONGEST = 128 * 1024;

  /** What is on its way in one direction takes no more memory than this; then it is lost. */
  private static final long MEMORY = 64 * 1024 * 1024;

  /** So many are received before those that are due are sent. */
  private static final int BATCH = 32;

  private static final double NANOS = 1e9;

  /** What happened under a rule; written by the pump's thread, read by any. */
  private static final class Tally {
    final LongAdder packets = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder overflowed = new LongAdder();
    final LongAdder duplicated = new LongAdder();
    final LongAdder reordered = new LongAdder();
    final LongAdder corrupted = new LongAdder();
  }

  /** What is to happen, and what it is decided by. A new one starts the counting anew. */
  private record Rule(Conditions conditions, Chance chance, Tally tally) {
    Rule(Conditions conditions, Chance chance) {
      this(conditions, chance, new Tally());
    }
  }

  private final Kernel kernel;
  private final PacketSocket from;
  private final PacketSocket to;
  private volatile Rule rule;

  /** Of the thread alone: the rule that it follows, and where it is. */
  private Rule followed;

  private long traffic;
  private long housekeeping;
  private long busyUntil;
  private long latestDue;

  Pump(Kernel kernel, PacketSocket from, PacketSocket to, Conditions conditions, Chance chance) {
    this.kernel = kernel;
    this.from = from;
    this.to = to;
    this.rule = new Rule(conditions, chance);
    this.followed = this.rule;
  }

  /**
   * From now on other conditions hold, and packets are counted from 0 again. What is on its way
   * arrives at once when the next packet comes.
   */
  void set(Conditions conditions, Chance chance) {
    rule = new Rule(conditions, chance);
  }

  /** Works until somebody wakes the socket that it receives from. */
  @Override
  public void run() {
    kernel.call(SystemCall.PRCTL, PR_SET_TIMERSLACK, 1, 0);
    try (Arena arena = Arena.ofConfined();
        PacketRing travelling = new PacketRing(MEMORY);
        PacketRing overtaking = new PacketRing(MEMORY)) {
      MemorySegment buffer = arena.allocate(LONGEST, 8);
      latestDue = System.nanoTime();
      busyUntil = latestDue;
      boolean open = true;
      while (open) {
        boolean idle = receive(buffer, travelling, overtaking);
        long now = System.nanoTime();
        send(travelling, now);
        send(overtaking, now);
        if (idle) {
          open = from.await(waiting(travelling, overtaking));
        }
      }
    } catch (KernelException failure) {
      throw new UncheckedIOException("a wire broke", failure);
    }
  }

  /** How long nothing is due; less than 0 when nothing is on its way. */
  private static long waiting(PacketRing travelling, PacketRing overtaking) {
    if (travelling.isEmpty() && overtaking.isEmpty()) {
      return -1;
    }
    long now = System.nanoTime();
    long least = Long.MAX_VALUE;
    for (PacketRing ring : new PacketRing[] {travelling, overtaking}) {
      if (!ring.isEmpty()) {
        least = Math.min(least, ring.due() - now);
      }
    }
    return Math.max(0, least);
  }

  /** Takes what is waiting, and tells whether that was all. */
  private boolean receive(MemorySegment buffer, PacketRing travelling, PacketRing overtaking)
      throws KernelException {
    for (int i = 0; i < BATCH; i++) {
      int length = from.receive(buffer);
      if (length == PacketSocket.NOTHING) {
        return true;
      }
      follow(travelling, overtaking);
      if (length <= LONGEST) {
        pass(buffer.asSlice(0, length), travelling, overtaking);
      }
    }
    return false;
  }

  /** Takes over a new rule, if there is one: one that says the same begins anew too. */
  @SuppressWarnings("ReferenceEquality")
  private void follow(PacketRing travelling, PacketRing overtaking) throws KernelException {
    Rule newest = rule;
    if (newest != followed) {
      followed = newest;
      flush(overtaking);
      flush(travelling);
      traffic = 0;
      housekeeping = 0;
      latestDue = System.nanoTime();
      busyUntil = latestDue;
    }
  }

  private void pass(MemorySegment packet, PacketRing travelling, PacketRing overtaking)
      throws KernelException {
    Tally tally = followed.tally();
    tally.packets.increment();
    Conditions conditions = followed.conditions();
    Chance chance = followed.chance();
    // Two sequences of numbers that never meet.
    long n =
        Frames.isHousekeeping(packet, (int) packet.byteSize()) ? -1 - housekeeping++ : traffic++;
    if (chance.hits(Chance.Kind.LOSS, n, conditions.loss())) {
      tally.lost.increment();
      return;
    }
    if (chance.hits(Chance.Kind.CORRUPTION, n, conditions.corrupt())) {
      tally.corrupted.increment();
      Frames.corrupt(packet, chance.draw(Chance.Kind.CORRUPTED_BIT, n));
    }
    boolean overtakes = chance.hits(Chance.Kind.REORDERING, n, conditions.reorder());
    if (overtakes) {
      tally.reordered.increment();
    }
    PacketRing ring = overtakes ? overtaking : travelling;
    long travel = overtakes ? 0 : travel(conditions, chance, n);
    enqueue(packet, travel, overtakes, ring);
    if (chance.hits(Chance.Kind.DUPLICATION, n, conditions.duplicate())) {
      tally.duplicated.increment();
      enqueue(packet, travel, overtakes, ring);
    }
  }

  private static long travel(Conditions conditions, Chance chance, long n) {
    long jitter = conditions.jitter().toNanos();
    double offset = jitter == 0 ? 0 : chance.draw(Chance.Kind.JITTER, n) * 2 - 1;
    return conditions.delay().toNanos() + (long) (offset * jitter);
  }

  private void enqueue(MemorySegment packet, long travel, boolean overtakes, PacketRing ring)
      throws KernelException {
    long now = System.nanoTime();
    long departure = now;
    Conditions conditions = followed.conditions();
    if (conditions.rate().isPresent()) {
      double nanosPerByte = Byte.SIZE * NANOS / conditions.rate().getAsLong();
      long length = packet.byteSize() - VnetHeader.SIZE;
      long wait = Math.max(0, busyUntil - now);
      // An empty queue takes a packet of any length.
      if (wait > 0 && wait / nanosPerByte + length > conditions.queueBytes()) {
        followed.tally().overflowed.increment();
        return;
      }
      departure = now + wait + (long) (length * nanosPerByte);
      busyUntil = departure;
    }
    long due = departure + travel;
    if (!overtakes) {
      // Jitter does not change the order.
      due = Math.max(due, latestDue);
      latestDue = due;
    }
    if (due <= now && ring.isEmpty()) {
      var _ = to.send(packet);
    } else if (!ring.add(packet, due)) {
      followed.tally().overflowed.increment();
    }
  }

  /** Sends what is due. */
  private void send(PacketRing ring, long now) throws KernelException {
    while (!ring.isEmpty() && ring.due() - now <= 0) {
      var _ = to.send(ring.first());
      ring.remove();
    }
  }

  /** Sends all. */
  private void flush(PacketRing ring) throws KernelException {
    while (!ring.isEmpty()) {
      var _ = to.send(ring.first());
      ring.remove();
    }
  }

  /** What it did since the conditions were set last. */
  WireCounters report() throws KernelException {
    Tally tally = rule.tally();
    return new WireCounters(
        tally.packets.sum(),
        tally.lost.sum(),
        tally.overflowed.sum(),
        tally.duplicated.sum(),
        tally.reordered.sum(),
        tally.corrupted.sum(),
        from.overruns());
  }
}
