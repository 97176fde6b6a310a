package dev.warren.lab.file;

import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.NetworkSettings;
import dev.warren.lab.description.Subnet;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The networks of a lab file.
 *
 * @param names every name the file gives, also of networks with mistakes in them; the default
 *     network's when it gives none
 * @param good the networks without mistakes
 */
record Networks(Set<String> names, List<Located> good) {

  /** A network, and where its name stands. */
  record Located(
      Position position,
      NetworkDescription description,
      Optional<ScalarNode> capture,
      Optional<ScalarNode> gateway) {}

  static Networks read(Fields lab, Problems problems) {
    Set<String> names = new LinkedHashSet<>();
    List<Located> good = new ArrayList<>();
    for (MappingNode.Entry entry : lab.entries("networks")) {
      names.add(entry.name());
      network(entry, problems)
          .ifPresent(
              network ->
                  good.add(
                      new Located(
                          entry.key().position(),
                          network,
                          scalar(entry.value(), "capture"),
                          scalar(entry.value(), "gateway"))));
    }
    if (names.isEmpty()) {
      names.add(NetworkDescription.SELFTEST0.name());
    }
    return new Networks(names, good);
  }

  /** Whether the file gives this network, but with mistakes: nothing more is said of it then. */
  boolean isBroken(String name) {
    boolean isDefault = good.isEmpty() && name.equals(NetworkDescription.SELFTEST0.name());
    return names.contains(name)
        && !isDefault
        && good.stream().noneMatch(network -> network.description().name().equals(name));
  }

  private static Optional<NetworkDescription> network(MappingNode.Entry entry, Problems problems) {
    Fields fields = Fields.of(entry.value(), problems);
    Optional<Optional<Subnet>> ipv4 = subnet(fields.scalar("ipv4"), problems);
    Optional<Optional<Subnet>> ipv6 = subnet(fields.scalar("ipv6"), problems);
    Optional<YamlNode> conditions = fields.value("conditions");
    Optional<LinkConditions> read = conditions.flatMap(new LinkConditionReader(problems)::read);
    OptionalInt mtu = fields.integer("mtu", 68, 65535);
    boolean cable = fields.flag("cable").orElse(false);
    Optional<ScalarNode> gateway = fields.scalar("gateway");
    fields.text("capture");
    fields.done();
    boolean isMapping = entry.value() instanceof MappingNode;
    if (!isMapping
        || ipv4.isEmpty()
        || ipv6.isEmpty()
        || conditions.isPresent() != read.isPresent()) {
      return Optional.empty();
    }
    return problems.attempt(
        entry.key(),
        () ->
            new NetworkDescription(
                entry.name(),
                ipv4.get(),
                ipv6.get(),
                new NetworkSettings(
                    mtu,
                    cable,
                    gateway.map(ScalarNode::value),
                    read.orElse(LinkConditions.PERFECT))));
  }

  /** The file that a network or an interface is captured into. */
  static Optional<ScalarNode> capture(YamlNode node) {
    return scalar(node, "capture");
  }

  private static Optional<ScalarNode> scalar(YamlNode node, String key) {
    return node instanceof MappingNode mapping
            && mapping.get(key).orElse(null) instanceof ScalarNode file
        ? Optional.of(file)
        : Optional.empty();
  }

  /** Empty when something was reported, an empty subnet when there is none. */
  private static Optional<Optional<Subnet>> subnet(Optional<ScalarNode> node, Problems problems) {
    if (node.isEmpty()) {
      return Optional.of(Optional.empty());
    }
    return node.get()
        .text(problems)
        .flatMap(text -> problems.attempt(node.get(), () -> Optional.of(Subnet.parse(text))));
  }
}
