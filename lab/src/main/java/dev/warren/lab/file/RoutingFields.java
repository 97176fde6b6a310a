package dev.warren.lab.file;

import dev.warren.lab.description.HostOrAddress;
import dev.warren.lab.description.HostRouting;
import dev.warren.lab.description.Masquerade;
import dev.warren.lab.description.PortForward;
import dev.warren.lab.description.RouteDescription;
import dev.warren.lab.description.RouterPreset;
import dev.warren.lab.description.Subject;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.SequenceNode;
import dev.warren.lab.source.Spelling;
import dev.warren.lab.source.YamlNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads where a host sends packets, and which it lets through:
 *
 * <pre>{@code
 * routes: [{to: 10.9.0.0/16, via: 10.1.0.1}, {to: default, via: router}]
 * forwarding: true
 * masquerade: [wan]
 * forward-ports: [{network: wan, protocol: tcp, port: 8080, to: web, to-port: 80}]
 * firewall: ...                                       # FirewallFields
 * router: {preset: home-router, inside: lan, outside: wan}  # instead of the three before routes
 * }</pre>
 */
final class RoutingFields {
  private static final int MOST_PORT = 65535;

  /** What a preset says: together with one, these are mistakes. */
  private static final List<String> OF_PRESETS = List.of("forwarding", "masquerade", "firewall");

  private final Fields fields;
  private final Problems problems;
  private final Map<Part, Position> positions = new HashMap<>();
  private HostRouting routing;

  /** A part of the routing, by its place in the list of its kind. */
  record Part(Subject.RoutingPart kind, int index) {}

  /** What was read, and where its parts stand. */
  record Located(HostRouting routing, Map<Part, Position> positions) {}

  private RoutingFields(Fields fields, Problems problems) {
    this.fields = fields;
    this.problems = problems;
    this.routing = HostRouting.NONE;
  }

  static Located read(Fields fields, Problems problems) {
    RoutingFields reader = new RoutingFields(fields, problems);
    reader.read();
    return new Located(reader.routing, reader.positions);
  }

  private void read() {
    Optional<Fields> router = fields.fields("router");
    fields.flag("forwarding").ifPresent(value -> routing = routing.forwarding(value));
    fields
        .items("masquerade")
        .forEach(
            item ->
                masquerade(item)
                    .ifPresent(
                        value -> {
                          locate(Subject.RoutingPart.MASQUERADE, routing.masquerades(), item);
                          routing = routing.masquerade(value);
                        }));
    fields.fields("firewall").ifPresent(this::firewall);
    router.ifPresent(this::preset);
    fields
        .fieldsList("routes")
        .forEach(
            route ->
                route(route)
                    .ifPresent(
                        value -> {
                          locate(Subject.RoutingPart.ROUTE, routing.routes(), route.node());
                          routing = routing.route(value);
                        }));
    fields
        .fieldsList("forward-ports")
        .forEach(
            forward ->
                portForward(forward)
                    .ifPresent(
                        value -> {
                          locate(
                              Subject.RoutingPart.PORT_FORWARD,
                              routing.portForwards(),
                              forward.node());
                          routing = routing.forwardPort(value);
                        }));
  }

  /** The next of a list stands there. */
  private void locate(Subject.RoutingPart kind, List<?> present, YamlNode node) {
    positions.put(new Part(kind, present.size()), node.position());
  }

  private void firewall(Fields settings) {
    FirewallFields.Located read = FirewallFields.read(settings, problems);
    routing = routing.firewall(read.firewall());
    for (int i = 0; i < read.rules().size(); i++) {
      positions.put(new Part(Subject.RoutingPart.RULE, i), read.rules().get(i));
    }
  }

  private void preset(Fields router) {
    for (String key : OF_PRESETS) {
      if (fields.value(key).isPresent()) {
        problems.add(
            fields.position(key),
            "\"router\" says this already: leave it out, or write the router's configuration out"
                + " and leave \"router\" out");
      }
    }
    router.require("preset", "inside", "outside");
    Optional<RouterPreset> preset = router.scalar("preset").flatMap(this::presetNamed);
    List<String> inside = inside(router);
    Optional<String> outside = router.text("outside");
    router.done();
    if (preset.isPresent() && !inside.isEmpty() && outside.isPresent()) {
      problems
          .attempt(router.node(), () -> preset.get().expand(inside, outside.get()))
          .ifPresent(plain -> expand(plain, router.node()));
    }
  }

  private void expand(HostRouting plain, YamlNode router) {
    routing = plain;
    for (int i = 0; i < plain.masquerades().size(); i++) {
      positions.put(new Part(Subject.RoutingPart.MASQUERADE, i), router.position());
    }
    for (int i = 0; i < plain.firewall().rules().size(); i++) {
      positions.put(new Part(Subject.RoutingPart.RULE, i), router.position());
    }
  }

  private List<String> inside(Fields router) {
    return router.value("inside").orElse(null) instanceof SequenceNode
        ? router.texts("inside")
        : router.text("inside").stream().toList();
  }

  private Optional<RouterPreset> presetNamed(ScalarNode node) {
    List<String> names = Arrays.stream(RouterPreset.values()).map(RouterPreset::toString).toList();
    Optional<RouterPreset> found =
        Arrays.stream(RouterPreset.values())
            .filter(preset -> preset.toString().equals(node.value()))
            .findFirst();
    if (found.isEmpty()) {
      String hint = Spelling.hint(node.value(), names);
      problems.add(
          node,
          "there is no preset \"%s\"%s; known: %s"
              .formatted(node.value(), hint, String.join(", ", names)));
    }
    return found;
  }

  private Optional<Masquerade> masquerade(YamlNode item) {
    if (item instanceof ScalarNode name) {
      return name.text(problems)
          .flatMap(text -> problems.attempt(name, () -> new Masquerade(text)));
    }
    Fields one = Fields.of(item, problems);
    one.require("network");
    Optional<String> network = one.text("network");
    boolean random = one.flag("random-ports").orElse(false);
    one.done();
    return item instanceof MappingNode && network.isPresent()
        ? problems.attempt(item, () -> new Masquerade(network.get(), random))
        : Optional.empty();
  }

  private Optional<RouteDescription> route(Fields route) {
    route.require("to", "via");
    Optional<String> to = route.text("to");
    Optional<String> via = route.text("via");
    route.done();
    return to.isPresent() && via.isPresent()
        ? problems.attempt(route.node(), () -> RouteDescription.parse(to.get(), via.get()))
        : Optional.empty();
  }

  private Optional<PortForward> portForward(Fields forward) {
    forward.require("network", "port", "to");
    Optional<String> network = forward.text("network");
    Optional<PortForward.Protocol> protocol =
        Choice.read(forward, "protocol", PortForward.Protocol.values(), problems);
    OptionalInt port = forward.integer("port", 1, MOST_PORT);
    Optional<HostOrAddress> to =
        forward
            .scalar("to")
            .flatMap(node -> problems.attempt(node, () -> HostOrAddress.parse(node.value())));
    OptionalInt toPort = forward.integer("to-port", 1, MOST_PORT);
    forward.done();
    if (network.isEmpty() || port.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    return problems.attempt(
        forward.node(),
        () ->
            new PortForward(
                network.get(),
                protocol.orElse(PortForward.Protocol.TCP),
                port.getAsInt(),
                to.get(),
                toPort.orElse(port.getAsInt())));
  }
}
