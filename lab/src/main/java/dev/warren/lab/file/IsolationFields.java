package dev.warren.lab.file;

import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.IdRange;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import java.util.Optional;

/**
 * Reads what of the kernel a host has for itself.
 *
 * <pre>{@code
 * isolation:
 *   user: true              # a user namespace
 *   ids: 100000-165535      # the lab's ids that are 0, 1, 2, ... in there
 *   cgroup: true            # a cgroup namespace
 * }</pre>
 */
final class IsolationFields {
  private IsolationFields() {}

  /** Takes the key {@code isolation}; every mistake is reported at its value. */
  static HostIsolation read(Fields host, Problems problems) {
    return host.fields("isolation")
        .map(fields -> isolation(fields, problems))
        .orElse(HostIsolation.NONE);
  }

  private static HostIsolation isolation(Fields fields, Problems problems) {
    boolean user = fields.flag("user").orElse(false);
    boolean cgroup = fields.flag("cgroup").orElse(false);
    Optional<ScalarNode> node = fields.scalar("ids");
    Optional<IdRange> ids =
        node.flatMap(one -> problems.attempt(one, () -> IdRange.parse(one.value())));
    fields.done();
    return ids.flatMap(
            range ->
                problems.attempt(
                    node.get(), () -> new HostIsolation(user, cgroup, Optional.of(range))))
        .orElse(new HostIsolation(user, cgroup, Optional.empty()));
  }
}
