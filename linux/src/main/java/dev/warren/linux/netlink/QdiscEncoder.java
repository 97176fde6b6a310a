package dev.warren.linux.netlink;

import dev.warren.linux.netlink.message.Message;
import java.time.Duration;

/** Writes queueing disciplines. Constants from linux/rtnetlink.h and linux/pkt_sched.h. */
final class QdiscEncoder {
  private static final int RTM_NEWQDISC = 36;
  private static final int RTM_DELQDISC = 37;
  private static final int TC_H_ROOT = 0xffffffff;
  private static final int TCA_KIND = 1;
  private static final int TCA_OPTIONS = 2;

  private static final int TCA_TBF_PARMS = 1;
  private static final int TCA_TBF_RATE64 = 4;
  private static final int TCA_TBF_BURST = 6;
  private static final byte TC_LINKLAYER_ETHERNET = 1;

  private static final int TCA_NETEM_REORDER = 3;
  private static final int TCA_NETEM_CORRUPT = 4;
  private static final int TCA_NETEM_RATE = 6;
  private static final int TCA_NETEM_RATE64 = 8;
  private static final int TCA_NETEM_PRNG_SEED = 14;

  /** A tick of /proc/net/psched is 64 ns, PSCHED_SHIFT of net/pkt_sched.h. */
  private static final int TICK_SHIFT = 6;

  /** The rate's field holds 32 bits: with all set the real one follows as RATE64. */
  private static final long LONG_RATE = 0xffff_ffffL;

  /** What stands for all packets. */
  private static final long WHOLE = 0xffff_ffffL;

  private QdiscEncoder() {}

  static void append(QdiscRequest request, Encoder encoder, int sequence, int flags) {
    int replace = flags | Encoder.NLM_F_CREATE | Encoder.NLM_F_REPLACE;
    Message message =
        switch (request) {
          case QdiscRequest.SetTokenBucket set ->
              tokenBucket(root(encoder.start(RTM_NEWQDISC, replace, sequence), set), set);
          case QdiscRequest.SetNetem set ->
              netem(root(encoder.start(RTM_NEWQDISC, replace, sequence), set), set.netem());
          case QdiscRequest.DeleteQdisc delete ->
              root(encoder.start(RTM_DELQDISC, flags, sequence), delete);
        };
    message.finish();
  }

  /** struct tcmsg: family, interface, handle, parent, info. */
  private static Message root(Message message, QdiscRequest request) {
    return message
        .bytes(0, 0, 0, 0)
        .integer(request.index())
        .integer(0)
        .integer(TC_H_ROOT)
        .integer(0);
  }

  private static Message tokenBucket(Message message, QdiscRequest.SetTokenBucket set) {
    long bytes = set.rate() / Byte.SIZE;
    return message
        .attribute(TCA_KIND, "tbf")
        .nested(
            TCA_OPTIONS,
            () -> {
              message.nested(TCA_TBF_PARMS, () -> parameters(message, bytes, set.limit()));
              message.attribute(TCA_TBF_BURST, set.burst());
              if (bytes >= LONG_RATE) {
                message.attribute(TCA_TBF_RATE64, bytes);
              }
            });
  }

  /** struct tc_tbf_qopt; with BURST its buffer, in ticks, does not count, nor does a peak rate. */
  private static void parameters(Message message, long bytes, int limit) {
    message
        .bytes(0, TC_LINKLAYER_ETHERNET, 0, 0)
        .integer(0)
        .integer((int) Math.min(bytes, LONG_RATE))
        .integer(0)
        .integer(0)
        .integer(0)
        .integer(limit)
        .integer(0)
        .integer(0);
  }

  /** TCA_OPTIONS is a struct tc_netem_qopt, and attributes behind it. */
  private static Message netem(Message message, Netem netem) {
    return message
        .attribute(TCA_KIND, "netem")
        .nested(
            TCA_OPTIONS,
            () -> {
              message
                  .integer(ticks(netem.delay()))
                  .integer(netem.limit())
                  .integer(share(netem.loss()))
                  .integer(netem.reorder() > 0 ? 1 : 0)
                  .integer(share(netem.duplicate()))
                  .integer(ticks(netem.jitter()));
              correlated(message, TCA_NETEM_REORDER, netem.reorder());
              correlated(message, TCA_NETEM_CORRUPT, netem.corrupt());
              rate(message, netem.rate() / Byte.SIZE);
              netem.seed().ifPresent(seed -> message.attribute(TCA_NETEM_PRNG_SEED, seed));
            });
  }

  private static void correlated(Message message, int type, double percent) {
    if (percent > 0) {
      message.nested(type, () -> message.integer(share(percent)).integer(0));
    }
  }

  private static void rate(Message message, long bytes) {
    if (bytes >= LONG_RATE) {
      message.attribute(TCA_NETEM_RATE64, bytes);
    }
    if (bytes > 0) {
      // struct tc_netem_rate: without overhead and cells.
      message.nested(
          TCA_NETEM_RATE,
          () -> message.integer((int) Math.min(bytes, LONG_RATE)).integer(0).integer(0).integer(0));
    }
  }

  /** A share of 2^32 - 1. */
  private static int share(double percent) {
    // By way of long: what does not fit into int would become its largest value, a half.
    return (int) (long) Math.rint(percent / 100 * WHOLE);
  }

  private static int ticks(Duration time) {
    return (int) (time.toNanos() >> TICK_SHIFT);
  }
}
