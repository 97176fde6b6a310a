package dev.warren.lab.file;

import dev.warren.lab.description.Firewall;
import dev.warren.lab.description.PortRange;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a firewall:
 *
 * <pre>{@code
 * input: drop                   # what becomes of packets for the host; default: accept
 * forward: drop                 # and of those that it would pass on; default: accept
 * rules:                        # the first that fits decides
 *   - {allow: forward, from: lan, to: wan, protocol: tcp, ports: [80, 443, 8000-8010]}
 *   - {deny: input, from: wan}
 * }</pre>
 */
final class FirewallFields {
  private final Problems problems;

  private FirewallFields(Problems problems) {
    this.problems = problems;
  }

  /** What was read, and where its rules stand. */
  record Located(Firewall firewall, List<Position> rules) {}

  static Located read(Fields fields, Problems problems) {
    FirewallFields reader = new FirewallFields(problems);
    Optional<Firewall.Policy> input =
        Choice.read(fields, "input", Firewall.Policy.values(), problems);
    Optional<Firewall.Policy> forward =
        Choice.read(fields, "forward", Firewall.Policy.values(), problems);
    List<Firewall.Rule> rules = new ArrayList<>();
    List<Position> positions = new ArrayList<>();
    for (Fields one : fields.fieldsList("rules")) {
      Optional<Firewall.Rule> rule = reader.rule(one);
      rule.ifPresent(rules::add);
      rule.ifPresent(_ -> positions.add(one.node().position()));
    }
    fields.done();
    return new Located(
        new Firewall(
            input.orElse(Firewall.Policy.ACCEPT), forward.orElse(Firewall.Policy.ACCEPT), rules),
        positions);
  }

  private Optional<Firewall.Rule> rule(Fields fields) {
    Optional<Firewall.Way> allow = Choice.read(fields, "allow", Firewall.Way.values(), problems);
    Optional<Firewall.Way> deny = Choice.read(fields, "deny", Firewall.Way.values(), problems);
    boolean both = fields.value("allow").isPresent() && fields.value("deny").isPresent();
    boolean neither = fields.value("allow").isEmpty() && fields.value("deny").isEmpty();
    if (both || neither) {
      problems.add(
          fields.node(), "a rule has one of \"allow\" and \"deny\", with input or forward");
    }
    Optional<String> from = fields.text("from");
    Optional<String> to = fields.text("to");
    Optional<Firewall.Protocol> protocol =
        Choice.read(fields, "protocol", Firewall.Protocol.values(), problems);
    List<PortRange> ports = new ArrayList<>();
    fields
        .scalars("ports")
        .forEach(
            node ->
                problems.attempt(node, () -> PortRange.parse(node.value())).ifPresent(ports::add));
    fields.done();
    Optional<Firewall.Way> way = allow.or(() -> deny);
    if (both || way.isEmpty()) {
      return Optional.empty();
    }
    return problems.attempt(
        fields.node(),
        () ->
            new Firewall.Rule(
                allow.isPresent() ? Firewall.Policy.ACCEPT : Firewall.Policy.DROP,
                way.get(),
                from,
                to,
                protocol.orElse(Firewall.Protocol.ANY),
                ports));
  }
}
