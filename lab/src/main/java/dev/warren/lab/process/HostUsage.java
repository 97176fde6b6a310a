package dev.warren.lab.process;

import java.time.Duration;
import java.util.Collection;

/**
 * What the processes of a host use of the machine, all together.
 *
 * @param processes how many there are, init included, without those that only wait to be reaped
 * @param cpu the processor time of those that run now; what ended before is not in it
 * @param resident their memory in RAM, in bytes; what several share counts for each
 */
public record HostUsage(int processes, Duration cpu, long resident) {
  /** The sum of a host's processes. */
  public static HostUsage of(Collection<HostProcessInfo> processes) {
    return new HostUsage(
        (int) processes.stream().filter(process -> !process.stat().hasEnded()).count(),
        processes.stream().map(HostProcessInfo::cpu).reduce(Duration.ZERO, Duration::plus),
        processes.stream().mapToLong(HostProcessInfo::resident).sum());
  }
}
