package dev.warren.linux.netlink;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * The conditions that netem imposes on what an interface sends.
 *
 * @param delay of each packet, at most 274 s
 * @param jitter by how much the delay differs
 * @param loss in percent
 * @param duplicate in percent
 * @param reorder in percent: those are not delayed
 * @param corrupt in percent
 * @param rate in bits a second, 0 for none
 * @param limit how many packets it may hold
 * @param seed of its chance; kernels before 6.7 ignore it
 */
public record Netem(
    Duration delay,
    Duration jitter,
    double loss,
    double duplicate,
    double reorder,
    double corrupt,
    long rate,
    int limit,
    OptionalLong seed) {}
