package dev.warren.lab.file;

import dev.warren.lab.description.HostLimits;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.Sizes;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Reads how much of the machine a host may use.
 *
 * <pre>{@code
 * limits:
 *   memory: 256MiB
 *   cpu: 0.5              # processors
 *   processes: 100
 * }</pre>
 */
final class LimitFields {

  private final Problems problems;
  private HostLimits limits = HostLimits.NONE;

  private LimitFields(Problems problems) {
    this.problems = problems;
  }

  /** Takes the key {@code limits}; every mistake is reported at its value. */
  static HostLimits read(Fields host, Problems problems) {
    Optional<Fields> fields = host.fields("limits");
    return fields.map(one -> new LimitFields(problems).read(one)).orElse(HostLimits.NONE);
  }

  private HostLimits read(Fields fields) {
    fields.scalar("memory").ifPresent(this::memory);
    fields.scalar("cpu").ifPresent(this::cpu);
    Optional<ScalarNode> processes = fields.scalar("processes");
    OptionalInt count =
        fields.integer("processes", HostLimits.LEAST_PROCESSES, HostLimits.MOST_PROCESSES);
    if (processes.isPresent() && count.isPresent()) {
      take(processes.get(), so -> so.withProcesses(count.getAsInt()));
    }
    fields.done();
    return limits;
  }

  private void memory(ScalarNode node) {
    OptionalLong bytes = Sizes.parse(node.value());
    if (bytes.isEmpty()) {
      problems.add(
          node, "a size like 4096kB, 64MiB or 1GB is expected, but this is " + node.value());
    } else {
      take(node, so -> so.withMemory(bytes.getAsLong()));
    }
  }

  private void cpu(ScalarNode node) {
    OptionalDouble processors = number(node.value());
    if (processors.isEmpty()) {
      problems.add(
          node, "a number of processors like 0.5 or 2 is expected, but this is " + node.value());
    } else {
      take(node, so -> so.withCpu(processors.getAsDouble()));
    }
  }

  private static OptionalDouble number(String text) {
    return text.matches("[0-9]{1,6}([.][0-9]{1,6})?")
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  private void take(ScalarNode node, UnaryOperator<HostLimits> change) {
    problems.attempt(node, () -> change.apply(limits)).ifPresent(changed -> limits = changed);
  }
}
