package dev.warren.lab.file;

import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.InterfaceSettings;
import dev.warren.lab.description.IpAddresses;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.description.Resolver;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.SequenceNode;
import dev.warren.lab.source.Spelling;
import dev.warren.lab.source.YamlNode;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a host of a lab file. Its keys are those of {@link HostFields}, and
 *
 * <pre>{@code
 * kind: server                           # what else it is, by the name of one of the lab's kinds
 * interface: 30                          # a single interface on the lab's only network, or
 * interfaces:                            # several; default: one with the next free number
 *   - 30
 *   - {network: lan, number: 31}         # without number: the next free one; InterfaceFields
 *   - {network: lan, conditions: wifi}   # see LinkConditionReader
 * resolver: lab                          # the lab's DNS service (the default), or addresses
 * routes, forwarding, ...                # RoutingFields
 * serves-dns: true                       # the lab's DNS service listens on port 53 of the host
 * limits: {memory: 256MiB, cpu: 0.5}     # see LimitFields
 * services: {web: {command: [httpd]}}    # see ServiceReader
 * }</pre>
 *
 * and those of {@link FileFields}.
 */
final class HostReader {

  private static final String DEFAULT_ROOT = "root";

  private final Networks networks;
  private final Kinds kinds;
  private final Templates templates;
  private final Problems problems;

  HostReader(Networks networks, Kinds kinds, Templates templates, Problems problems) {
    this.networks = networks;
    this.kinds = kinds;
    this.templates = templates;
    this.problems = problems;
  }

  /** A host, where its parts are described, and what of it is captured. */
  record Located(
      HostDescription description,
      List<Position> interfaces,
      List<Position> services,
      Map<RoutingFields.Part, Position> routing,
      Map<CaptureTarget, ScalarNode> captures) {}

  /** A host by its name; empty when the name is bad. */
  Optional<Located> host(MappingNode.Entry entry) {
    Optional<HostBuilder> host =
        problems.attempt(entry.key(), () -> HostDescription.named(entry.name()));
    Fields fields = settings(entry.value());
    return read(host, fields, true);
  }

  /** The root, whose name is one of its keys; empty when the name is bad. */
  Optional<Located> root(YamlNode node) {
    Fields fields = settings(node);
    Optional<ScalarNode> name = fields.scalar("name");
    Optional<HostBuilder> host =
        name.isEmpty()
            ? Optional.of(HostDescription.named(DEFAULT_ROOT))
            : problems.attempt(name.get(), () -> HostDescription.named(name.get().value()));
    return read(host, fields, false);
  }

  /** Finds the mistakes in kinds, whether a host is of that kind or not. */
  void checkKinds() {
    for (MappingNode kind : kinds.all()) {
      read(Optional.of(HostDescription.named("nameless")), Fields.of(kind, problems), false)
          .ifPresent(this::checkNetworks);
    }
  }

  private void checkNetworks(Located kind) {
    for (int i = 0; i < kind.description().interfaces().size(); i++) {
      String network = kind.description().interfaces().get(i).network();
      if (!networks.names().contains(network)) {
        String hint = Spelling.hint(network, networks.names());
        problems.add(
            kind.interfaces().get(i), "there is no network \"%s\"%s".formatted(network, hint));
      }
    }
  }

  private Fields settings(YamlNode node) {
    return Fields.of(kinds.under(Kinds.settings(node, problems)), problems);
  }

  private Optional<Located> read(Optional<HostBuilder> named, Fields fields, boolean isHost) {
    // A host with a bad name is read all the same, for its other mistakes.
    HostBuilder host = named.orElseGet(() -> HostDescription.named("nameless"));
    HostFields.read(fields, host, problems);
    List<Position> positions = new ArrayList<>();
    Map<CaptureTarget, ScalarNode> captures = new LinkedHashMap<>();
    List<YamlNode> links = links(fields);
    for (YamlNode link : links) {
      link(link)
          .ifPresent(
              description -> {
                host.on(description);
                Networks.capture(link)
                    .ifPresent(file -> captures.put(target(named, positions.size()), file));
                positions.add(link.position());
              });
    }
    boolean hasLinks =
        fields.value("interface").isPresent() || fields.value("interfaces").isPresent();
    if (isHost && !hasLinks) {
      onlyNetwork(fields.node())
          .filter(n -> !networks.isBroken(n))
          .ifPresent(
              network -> {
                host.on(network);
                positions.add(fields.node().position());
              });
    }
    fields.value("resolver").flatMap(this::resolver).ifPresent(host::resolver);
    fields.flag("serves-dns").ifPresent(host::servesDns);
    RoutingFields.Located routing = RoutingFields.read(fields, problems);
    host.routing(routing.routing());
    host.limits(LimitFields.read(fields, problems));
    new FileFields(problems).read(fields, host, templates);
    List<Position> services = services(fields, host);
    fields.text(Kinds.KEY);
    fields.done();
    return named
        .flatMap(one -> problems.attempt(fields.node(), one::build))
        .map(
            description ->
                new Located(description, positions, services, routing.positions(), captures));
  }

  private List<Position> services(Fields fields, HostBuilder host) {
    ServiceReader reader = new ServiceReader(problems);
    List<Position> positions = new ArrayList<>();
    for (MappingNode.Entry entry : fields.entries("services")) {
      reader
          .service(entry)
          .ifPresent(
              service -> {
                host.service(service);
                positions.add(entry.key().position());
              });
    }
    return positions;
  }

  private static CaptureTarget target(Optional<HostBuilder> host, int place) {
    return new CaptureTarget.Link(host.map(one -> one.build().name()).orElse(""), place);
  }

  private List<YamlNode> links(Fields fields) {
    List<YamlNode> several = fields.items("interfaces");
    Optional<YamlNode> single = fields.value("interface");
    if (single.isPresent() && fields.value("interfaces").isPresent()) {
      problems.add(fields.position("interface"), "give \"interface\" or \"interfaces\", not both");
    }
    return single.map(List::of).orElse(several);
  }

  private Optional<InterfaceDescription> link(YamlNode node) {
    if (node instanceof ScalarNode scalar) {
      return link(onlyNetwork(node), scalar.integer(1, InterfaceDescription.MAX_NUMBER, problems));
    }
    Fields fields = Fields.of(node, problems);
    Optional<String> network = fields.text("network");
    boolean hasNumber = fields.value("number").isPresent();
    fields.text("capture");
    OptionalInt number = fields.integer("number", 1, InterfaceDescription.MAX_NUMBER);
    Optional<YamlNode> conditions = fields.value("conditions");
    Optional<LinkConditions> read = conditions.flatMap(new LinkConditionReader(problems)::read);
    InterfaceSettings settings = InterfaceFields.read(fields, problems);
    fields.done();
    if (!(node instanceof MappingNode)) {
      return Optional.empty();
    }
    Optional<InterfaceDescription> link =
        link(
                network.isPresent() ? network : onlyNetwork(node),
                hasNumber ? number : OptionalInt.of(0))
            .map(one -> one.withSettings(settings));
    return conditions.isPresent() ? link.flatMap(l -> read.map(l::withConditions)) : link;
  }

  private Optional<InterfaceDescription> link(Optional<String> network, OptionalInt number) {
    if (network.isEmpty() || number.isEmpty() || networks.isBroken(network.get())) {
      return Optional.empty();
    }
    return Optional.of(new InterfaceDescription(network.get(), number.getAsInt()));
  }

  private Optional<String> onlyNetwork(YamlNode node) {
    if (networks.names().size() == 1) {
      return networks.names().stream().findFirst();
    }
    String all = String.join(", ", networks.names());
    problems.add(node, "say on which network: \"interfaces: [{network: ...}]\" with one of " + all);
    return Optional.empty();
  }

  private Optional<Resolver> resolver(YamlNode node) {
    if (node instanceof ScalarNode scalar && scalar.value().equals("lab")) {
      return Optional.of(Resolver.lab());
    }
    List<YamlNode> items = node instanceof SequenceNode sequence ? sequence.items() : List.of(node);
    List<InetAddress> servers = new ArrayList<>();
    for (YamlNode item : items) {
      if (item instanceof ScalarNode scalar) {
        problems.attempt(item, () -> server(scalar.value())).ifPresent(servers::add);
      } else {
        problems.add(item, "an address is expected, but this is " + item.kind());
      }
    }
    return servers.size() < items.size()
        ? Optional.empty()
        : problems.attempt(node, () -> Resolver.addresses(servers));
  }

  private static InetAddress server(String text) {
    try {
      return IpAddresses.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; a resolver is \"lab\" or one to three addresses", e);
    }
  }
}
