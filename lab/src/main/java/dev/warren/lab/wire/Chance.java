package dev.warren.lab.wire;

/**
 * The chance of one direction of one link. What it decides for packet n depends on the seed and n
 * alone, not on what was decided before or when: the same seed loses the same packets.
 *
 * <p>Decisions come from SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 * Generators, 2014), whose nth number can be had without those before it.
 */
record Chance(long seed) {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /** What is decided; each kind has a sequence of its own. */
  enum Kind {
    LOSS(1),
    CORRUPTION(2),
    CORRUPTED_BIT(3),
    DUPLICATION(4),
    REORDERING(5),
    JITTER(6);

    private static final int COUNT = values().length;

    /** Its place among the numbers of a packet, from 1: a part of what a seed means. */
    private final int place;

    Kind(int place) {
      this.place = place;
    }
  }

  /** The chance of a direction in a lab with this seed. */
  static Chance of(long labSeed, String host, int number, String direction) {
    long seed = mix(labSeed);
    for (char c : (host + "/" + number + "/" + direction).toCharArray()) {
      seed = mix(seed + GOLDEN_GAMMA + c);
    }
    return new Chance(seed);
  }

  /** Whether packet n is one of so many of a hundred. */
  boolean hits(Kind kind, long n, double percent) {
    return percent > 0 && draw(kind, n) * 100 < percent;
  }

  /** A number from 0 to 1, 1 excluded, for packet n. */
  double draw(Kind kind, long n) {
    long number = mix(seed + GOLDEN_GAMMA * (n * Kind.COUNT + kind.place));
    return (number >>> 11) * 0x1.0p-53;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
