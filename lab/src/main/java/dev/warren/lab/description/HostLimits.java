package dev.warren.lab.description;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much of the machine a host may use. What is empty is not limited.
 *
 * @param memory bytes that all its processes may use together, at least {@link #LEAST_MEMORY}
 * @param cpu processors that they may use together, {@link #LEAST_CPU} to {@link #MOST_CPU}: 0.5 is
 *     half of one
 * @param processes how many processes and threads there may be, {@link #LEAST_PROCESSES} to {@link
 *     #MOST_PROCESSES}
 */
public record HostLimits(OptionalLong memory, OptionalDouble cpu, OptionalInt processes) {
  /** The kernel charges memory in batches for each processor: less is not kept reliably. */
  public static final long LEAST_MEMORY = 6L << 20;

  /** The kernel's shortest quota is 1 ms (kernel/sched/core.c, min_cfs_quota_period) of 100 ms. */
  public static final double LEAST_CPU = 0.01;

  /** More than any machine has. */
  public static final double MOST_CPU = 8192;

  /** Init takes two while it starts. */
  public static final int LEAST_PROCESSES = 4;

  /** PID_MAX_LIMIT of include/linux/threads.h. */
  public static final int MOST_PROCESSES = 1 << 22;

  /** As much as there is. */
  public static final HostLimits NONE =
      new HostLimits(OptionalLong.empty(), OptionalDouble.empty(), OptionalInt.empty());

  /** Checks the ranges. */
  public HostLimits {
    if (memory.isPresent() && memory.getAsLong() < LEAST_MEMORY) {
      throw new IllegalArgumentException(
          "%s of memory are too few: a limit is at least 6MiB"
              .formatted(memoryText(memory.getAsLong())));
    }
    if (cpu.isPresent() && !(cpu.getAsDouble() >= LEAST_CPU && cpu.getAsDouble() <= MOST_CPU)) {
      throw new IllegalArgumentException(
          "cpu is a number of processors from 0.01 to 8192, not " + cpu.getAsDouble());
    }
    if (processes.isPresent()
        && (processes.getAsInt() < LEAST_PROCESSES || processes.getAsInt() > MOST_PROCESSES)) {
      throw new IllegalArgumentException(
          "processes is a number from %d to %d, not %d"
              .formatted(LEAST_PROCESSES, MOST_PROCESSES, processes.getAsInt()));
    }
  }

  /** The same with so many bytes of memory. */
  public HostLimits withMemory(long bytes) {
    return new HostLimits(OptionalLong.of(bytes), cpu, processes);
  }

  /** The same with so many processors. */
  public HostLimits withCpu(double processors) {
    return new HostLimits(memory, OptionalDouble.of(processors), processes);
  }

  /** The same with so many processes and threads. */
  public HostLimits withProcesses(int count) {
    return new HostLimits(memory, cpu, OptionalInt.of(count));
  }

  /** As people say it: {@code 256MiB of memory, 0.5 processors, 100 processes}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    memory.ifPresent(bytes -> parts.add(memoryText(bytes) + " of memory"));
    cpu.ifPresent(processors -> parts.add(processors + " processors"));
    processes.ifPresent(count -> parts.add(count + " processes"));
    return parts.isEmpty() ? "no limits" : String.join(", ", parts);
  }

  private static String memoryText(long bytes) {
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + "MiB" : bytes + "B";
  }
}
