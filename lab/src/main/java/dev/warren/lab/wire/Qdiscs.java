package dev.warren.lab.wire;

import dev.warren.lab.description.Conditions;
import dev.warren.linux.netlink.Netem;
import dev.warren.linux.netlink.QdiscRequest;
import java.util.OptionalLong;

/** The queueing disciplines of one kind for conditions. */
interface Qdiscs {
  /** Which these are. */
  Means means();

  /** What makes conditions hold for what an end of a cable sends. */
  QdiscRequest request(Cable cable, String name, Conditions conditions, String direction);

  /** The token bucket, for a rate alone. */
  static Qdiscs tokenBucket(int mtu) {
    return new Qdiscs() {
      // Header and a tag of a virtual network.
      private static final int HEADER = 18;

      // In bytes, and the kernel's field has 32 bits.
      private static final long BITS_PER_MILLISECOND_AND_BYTE = 8_000;

      @Override
      public Means means() {
        return Means.TBF;
      }

      @Override
      public QdiscRequest request(
          Cable cable, String name, Conditions conditions, String direction) {
        long rate = conditions.rate().orElseThrow();
        // A millisecond's worth, for timers are not exact; less than a packet passes nothing.
        int burst = (int) Math.max(mtu + HEADER, rate / BITS_PER_MILLISECOND_AND_BYTE);
        int limit = (int) Math.max(mtu + HEADER, conditions.queueBytes());
        return new QdiscRequest.SetTokenBucket(name, cable.index(), rate, burst, limit);
      }
    };
  }

  /** The kernel's netem. */
  static Qdiscs netem(long seed) {
    return new Qdiscs() {
      // Without a rate nothing queues: as many as may be on their way.
      private static final int PLENTY = 100_000;

      private static final int FULL_PACKET = 1514;

      // netem keeps the order of packets only with a rate: one that costs no time.
      private static final long ORDERING_RATE = 1_000_000_000_000L;

      @Override
      public Means means() {
        return Means.NETEM;
      }

      @Override
      public QdiscRequest request(
          Cable cable, String name, Conditions conditions, String direction) {
        Chance chance = Chance.of(seed, cable.host(), cable.number(), direction);
        Netem netem =
            new Netem(
                conditions.delay(),
                conditions.jitter(),
                conditions.loss(),
                conditions.duplicate(),
                conditions.reorder(),
                conditions.corrupt(),
                conditions.rate().orElse(conditions.jitter().isZero() ? 0 : ORDERING_RATE),
                packets(conditions),
                OptionalLong.of(chance.seed()));
        return new QdiscRequest.SetNetem(name, cable.index(), netem);
      }

      // It counts packets, those on their way too.
      private static int packets(Conditions conditions) {
        if (conditions.rate().isEmpty()) {
          return PLENTY;
        }
        double travelling =
            conditions.rate().getAsLong() / 8.0 * conditions.delay().toNanos() / 1e9;
        return (int) ((conditions.queueBytes() + travelling) / FULL_PACKET) + 1;
      }
    };
  }
}
