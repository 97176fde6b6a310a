package dev.warren.selftest.testenv;

import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.IpAddresses;
import dev.warren.lab.file.HostFields;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the section {@code host} of a testenv, or {@code client} of a catalogue. */
final class HostSection {
  private final Fields fields;
  private final String network;
  private final Problems problems;

  HostSection(Fields fields, String network, Problems problems) {
    this.fields = fields;
    this.network = network;
    this.problems = problems;
  }

  /**
   * A testenv's host, with one interface.
   *
   * @param complete whether name and interface must be there, as in all that is not abstract
   */
  Optional<HostDefinition> host(boolean complete, boolean servesDns) {
    if (complete) {
      fields.require("name", "interface");
    }
    Optional<ScalarNode> link = fields.scalar("interface");
    Optional<HostDefinition> host =
        read(link.stream().toList(), servesDns, fields.position("interface"));
    return link.isPresent() ? host : Optional.empty();
  }

  /** The client, with as many addresses as it likes. */
  Optional<HostDefinition> client() {
    fields.require("name", "interfaces");
    if (fields.value("interfaces").isPresent() && fields.scalars("interfaces").isEmpty()) {
      problems.add(fields.position("interfaces"), "the client needs an interface, by its number");
    }
    return read(fields.scalars("interfaces"), false, fields.position("interfaces"))
        .filter(client -> !client.description().interfaces().isEmpty());
  }

  private Optional<HostDefinition> read(
      List<ScalarNode> links, boolean servesDns, Position linkPosition) {
    Optional<ScalarNode> name = fields.scalar("name");
    Optional<HostBuilder> named =
        name.flatMap(node -> problems.attempt(node, () -> HostDescription.named(node.value())));
    // A host without a good name is read all the same, for its other mistakes.
    HostBuilder host = named.orElseGet(() -> HostDescription.named("nameless"));
    HostFields.read(fields, host, problems);
    for (ScalarNode link : links) {
      OptionalInt number = link.integer(1, InterfaceDescription.MAX_NUMBER, problems);
      number.ifPresent(n -> host.on(network, n));
    }
    host.servesDns(servesDns);
    ResolverChoice resolver =
        fields.scalar("resolver").map(this::resolver).orElseGet(ResolverChoice.Lab::new);
    HostDescription description = host.build();
    return named
        .filter(_ -> description.interfaces().size() == links.size())
        .map(_ -> new HostDefinition(description, resolver, fields.position("name"), linkPosition));
  }

  private ResolverChoice resolver(ScalarNode node) {
    String value = node.value();
    return switch (value) {
      case "lab" -> new ResolverChoice.Lab();
      case "self" -> new ResolverChoice.Self();
      default ->
          value.matches("[0-9.]+|.*:.*")
              ? address(node)
              : new ResolverChoice.Testenv(value, node.position());
    };
  }

  private ResolverChoice address(ScalarNode node) {
    YamlNode place = node;
    return problems
        .attempt(place, () -> IpAddresses.parse(node.value()))
        .<ResolverChoice>map(ResolverChoice.Address::new)
        .orElseGet(ResolverChoice.Lab::new);
  }
}
