package dev.warren.lab.wire;

/**
 * What a wire did in one direction since its conditions were set last.
 *
 * @param packets how many came
 * @param lost how many were lost by chance
 * @param overflowed how many found the queue full
 * @param duplicated how many were sent twice
 * @param reordered how many overtook others
 * @param corrupted how many got a wrong bit
 * @param missed how many the kernel dropped, since the wire is there, because the machine was too
 *     busy to run it
 */
public record WireCounters(
    long packets,
    long lost,
    long overflowed,
    long duplicated,
    long reordered,
    long corrupted,
    long missed) {}
