package dev.warren.selftest.testenv;

import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.Subnet;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code catalogue.yaml}. */
final class SettingsReader {
  private static final String VARIABLES = "variables";
  private static final Pattern UMASK = Pattern.compile("0?[0-7]{3}");

  private final Path folder;
  private final Fields fields;
  private final Problems problems;
  private final SharedParts parts;

  /** What the file says. */
  record Settings(
      String summary,
      NetworkDescription network,
      ClientDefinition client,
      Optional<Path> suiteFolder,
      Optional<String> suiteUmask,
      Map<String, Template> environment,
      Map<String, Template> none) {}

  /** What all testenvs inherit: the settings' {@code variables}. */
  MappingNode inherited() {
    return new MappingNode(
        fields.node().position(), fields.node().entry(VARIABLES).stream().toList());
  }

  /** A reader of the settings of a catalogue in {@code folder}. */
  SettingsReader(Path folder, MappingNode node, Problems problems) {
    this.folder = folder;
    this.fields = Fields.of(node, problems);
    this.problems = problems;
    this.parts = new SharedParts(problems);
  }

  /** The settings; empty, and reported, when a part of them cannot be made out. */
  Optional<Settings> read() {
    fields.require("summary", "client");
    String summary = fields.text("summary").orElse("");
    Optional<NetworkDescription> network =
        fields
            .fields("network")
            .map(this::network)
            .orElse(Optional.of(NetworkDescription.SELFTEST0));
    String networkName = network.map(NetworkDescription::name).orElse("");
    Optional<ClientDefinition> client =
        fields.fields("client").flatMap(section -> client(section, networkName));
    Optional<Path> suiteFolder = fields.scalar("suite-folder").flatMap(this::suiteFolder);
    Optional<String> suiteUmask = fields.scalar("suite-umask").flatMap(this::umask);
    Map<String, Template> environment = variables("environment");
    Map<String, Template> none = variables("none");
    // Checked in the testenvs, which have them.
    fields.entries(VARIABLES);
    fields.done();
    return network.flatMap(
        n ->
            client.map(
                c -> new Settings(summary, n, c, suiteFolder, suiteUmask, environment, none)));
  }

  private Map<String, Template> variables(String key) {
    Map<String, Template> variables = new LinkedHashMap<>();
    fields.scalarMap(key).forEach((name, value) -> variables.put(name, parts.template(value)));
    return variables;
  }

  private Optional<NetworkDescription> network(Fields section) {
    section.require("name");
    Optional<ScalarNode> name = section.scalar("name");
    Optional<Subnet> ipv4 = section.scalar("ipv4").flatMap(this::subnet);
    Optional<Subnet> ipv6 = section.scalar("ipv6").flatMap(this::subnet);
    section.done();
    return name.flatMap(
        node -> problems.attempt(node, () -> new NetworkDescription(node.value(), ipv4, ipv6)));
  }

  private Optional<Subnet> subnet(ScalarNode node) {
    return problems.attempt(node, () -> Subnet.parse(node.value()));
  }

  private Optional<Path> suiteFolder(ScalarNode node) {
    Path inside = Path.of(node.value()).normalize();
    if (inside.isAbsolute()
        || inside.startsWith("..")
        || !Files.isDirectory(folder.resolve(inside))) {
      problems.add(
          node, "the catalogue has no folder \"%s\" next to this file".formatted(node.value()));
      return Optional.empty();
    }
    return Optional.of(inside);
  }

  private Optional<String> umask(ScalarNode node) {
    if (!UMASK.matcher(node.value()).matches()) {
      problems.add(
          node,
          "\"%s\" is no umask: write the permissions that are taken away in octal, as in \"0022\""
              .formatted(node.value()));
      return Optional.empty();
    }
    return Optional.of(node.value());
  }

  private Optional<ClientDefinition> client(Fields section, String network) {
    Optional<HostDefinition> host = new HostSection(section, network, problems).client();
    var files = parts.files(section);
    var packages = parts.packages(section);
    section.done();
    return host.map(h -> new ClientDefinition(h, files, packages));
  }
}
