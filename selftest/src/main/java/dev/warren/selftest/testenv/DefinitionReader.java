package dev.warren.selftest.testenv;

import dev.warren.lab.source.Fields;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes a definition of its YAML form. */
final class DefinitionReader {
  private static final Duration STEP_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration PROBE_TIMEOUT = Duration.ofMinutes(1);
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Names become folders and file names, and stand before the colon in plans. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*");

  /** "none" is no testenv in plans; the others are taken where testenvs have their folders. */
  private static final Set<String> RESERVED =
      Set.of(
          "none",
          "tmp",
          "junit",
          "suites",
          "subunit",
          "summary",
          "failed",
          "events.jsonl",
          "report.html");

  /** Labels of letters, digits, hyphens and underscores, RFC 2181, 11 and what Samba uses of it. */
  private static final Pattern ZONE =
      Pattern.compile("([A-Za-z0-9_-]{1,63}\\.)*[A-Za-z0-9_-]{1,63}\\.?");

  private final String name;
  private final String network;
  private final Fields fields;
  private final Problems problems;
  private final SharedParts parts;

  /**
   * A reader of one definition.
   *
   * @param network the name of the catalogue's network
   */
  DefinitionReader(String name, MappingNode node, String network, Problems problems) {
    this.name = name;
    this.network = network;
    this.fields = Fields.of(node, problems);
    this.problems = problems;
    this.parts = new SharedParts(problems);
  }

  /** The definition; empty when it is abstract or cannot be made out, and then reported. */
  Optional<TestenvDefinition> read() {
    boolean isAbstract = fields.flag("abstract").orElse(false);
    fields.require("summary");
    fields.text("extends");
    if (!isName(name)) {
      problems.add(fields.node(), "a testenv cannot be called \"%s\"".formatted(name));
    }
    if (!isAbstract) {
      fields.require("host");
    }
    Body body = body();
    boolean hub = body.services.stream().anyMatch(Service.DnsHub.class::isInstance);
    Optional<Fields> section = fields.fields("host");
    Optional<HostDefinition> host =
        section.flatMap(f -> new HostSection(f, network, problems).host(!isAbstract, hub));
    section.ifPresent(Fields::done);
    fields.done();
    return isAbstract ? Optional.empty() : host.map(h -> definition(h, body));
  }

  /** What a definition has besides its host. */
  private record Body(
      List<Alias> aliases,
      boolean fromBackup,
      List<Need> needs,
      List<String> packages,
      List<Requirement> requires,
      List<Template> zones,
      Map<String, Template> variables,
      List<FileTemplate> files,
      List<Step> provision,
      List<Service> services,
      List<Step> finish,
      Map<String, Export> exports) {}

  private TestenvDefinition definition(HostDefinition host, Body body) {
    return new TestenvDefinition(
        name,
        body.aliases,
        fields.text("summary").orElse(""),
        body.fromBackup,
        body.needs,
        body.packages,
        body.requires,
        host,
        body.zones,
        body.variables,
        body.files,
        body.provision,
        body.services,
        body.finish,
        body.exports,
        fields.node().position());
  }

  private Body body() {
    return new Body(
        aliases(),
        fields.flag("from-backup").orElse(false),
        fields.scalars("needs").stream()
            .map(need -> new Need(need.value(), need.position()))
            .toList(),
        packages(),
        requires(),
        zones(),
        variables("variables"),
        parts.files(fields),
        steps("provision", false),
        services(),
        steps("finish", true),
        exports());
  }

  private List<Alias> aliases() {
    List<Alias> aliases = new ArrayList<>();
    for (ScalarNode alias : fields.scalars("aliases")) {
      if (!isName(alias.value())) {
        problems.add(alias, "a testenv cannot be called \"%s\"".formatted(alias.value()));
      }
      aliases.add(new Alias(alias.value(), alias.position()));
    }
    return aliases;
  }

  private static boolean isName(String text) {
    return NAME.matcher(text).matches() && !RESERVED.contains(text);
  }

  private List<Template> zones() {
    List<Template> zones = new ArrayList<>();
    for (ScalarNode zone : fields.scalars("zones")) {
      Template template = parts.template(zone);
      if (template.references().isEmpty() && !ZONE.matcher(zone.value()).matches()) {
        problems.add(zone.position(), "\"%s\" is no name of a zone".formatted(zone.value()));
      }
      zones.add(template);
    }
    return zones;
  }

  private List<String> packages() {
    Optional<Fields> software = fields.fields("software");
    List<String> packages = software.map(f -> parts.packages(f)).orElse(List.of());
    software.ifPresent(Fields::done);
    return packages;
  }

  private List<Requirement> requires() {
    List<Requirement> requirements = new ArrayList<>();
    for (Fields requirement : fields.fieldsList("requires")) {
      requirement.require("part", "run");
      Optional<String> part = requirement.text("part");
      Optional<String> script = requirement.text("run");
      requirement.done();
      part.ifPresent(p -> script.ifPresent(s -> requirements.add(new Requirement(p, s))));
    }
    return requirements;
  }

  private Map<String, Template> variables(String key) {
    Map<String, Template> variables = new LinkedHashMap<>();
    for (MappingNode.Entry entry : fields.entries(key)) {
      checkVariable(entry.key());
      if (entry.value() instanceof ScalarNode value) {
        variables.put(entry.name(), parts.template(value));
      } else {
        problems.add(entry.value(), "a text is expected, but this is " + entry.value().kind());
      }
    }
    return variables;
  }

  private void checkVariable(ScalarNode key) {
    if (!VARIABLE.matcher(key.value()).matches()) {
      problems.add(
          key, "\"%s\" cannot be the name of a variable of the shell".formatted(key.value()));
    } else if (Predefined.IN_TESTENVS.contains(key.value())
        || Predefined.IN_BACKUPS.contains(key.value())
        || Predefined.BUILD_TREE.equals(key.value())) {
      problems.add(key, "%s is given by Warren and cannot be set".formatted(key.value()));
    }
  }

  /** Before the services start there is nothing that a snapshot would not hold. */
  private List<Step> steps(String key, boolean mayBeAlways) {
    return fields.fieldsList(key).stream()
        .flatMap(step -> step(step, "step", STEP_TIMEOUT, mayBeAlways).stream())
        .toList();
  }

  private Optional<Step> step(Fields step, String nameKey, Duration timeout, boolean mayBeAlways) {
    step.require(nameKey, "run");
    Optional<String> title = step.text(nameKey);
    Optional<String> script = step.text("run");
    Duration limit = step.duration("timeout").orElse(timeout);
    Side side = step.scalar("in").map(this::side).orElse(Side.HOST);
    boolean always = mayBeAlways && step.flag("always").orElse(false);
    step.done();
    return title.flatMap(t -> script.map(s -> new Step(t, s, limit, side, always)));
  }

  private Side side(ScalarNode node) {
    return switch (node.value()) {
      case "host" -> Side.HOST;
      case "client" -> Side.CLIENT;
      default -> new Side.Other(node.value(), node.position());
    };
  }

  private List<Service> services() {
    Map<String, Service> services = new LinkedHashMap<>();
    for (Fields service : fields.fieldsList("services")) {
      service.require("name");
      service(service)
          .ifPresent(
              read -> {
                if (services.putIfAbsent(read.name(), read) != null) {
                  problems.add(
                      service.position("name"),
                      "the service \"%s\" is there twice".formatted(read.name()));
                }
              });
      service.done();
    }
    return new ArrayList<>(services.values());
  }

  private Optional<Service> service(Fields service) {
    Optional<String> title = service.text("name");
    Optional<ScalarNode> builtin = service.scalar("builtin");
    if (builtin.isPresent()) {
      if (!builtin.get().value().equals("dns-hub")) {
        problems.add(builtin.get(), "the only builtin service is dns-hub");
      }
      return title.map(Service.DnsHub::new);
    }
    service.require("run");
    Optional<String> script = service.text("run");
    Optional<Template> log = service.scalar("log").map(parts::template);
    List<Step> ready =
        service.fieldsList("ready").stream()
            .flatMap(probe -> step(probe, "probe", PROBE_TIMEOUT, false).stream())
            .toList();
    return title.flatMap(t -> script.map(s -> new Service.Daemon(t, s, log, ready)));
  }

  private Map<String, Export> exports() {
    Map<String, Export> exports = new LinkedHashMap<>();
    for (MappingNode.Entry entry : fields.entries("exports")) {
      if (!VARIABLE.matcher(entry.name()).matches()) {
        problems.add(
            entry.key(),
            "\"%s\" cannot be the name of a variable of the shell".formatted(entry.name()));
      }
      export(entry.value()).ifPresent(export -> exports.put(entry.name(), export));
    }
    return exports;
  }

  private Optional<Export> export(YamlNode node) {
    if (node instanceof ScalarNode value) {
      return Optional.of(new Export.Value(parts.template(value)));
    }
    Fields command = Fields.of(node, problems);
    if (command.node().entries().isEmpty()) {
      return Optional.empty();
    }
    command.require("run");
    Optional<String> script = command.text("run");
    command.done();
    return script.map(Export.Command::new);
  }
}
