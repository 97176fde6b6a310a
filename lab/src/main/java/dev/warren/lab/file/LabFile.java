package dev.warren.lab.file;

import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.Fault;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InvalidLabException;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.Subject;
import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.YamlFile;
import dev.warren.lab.source.YamlNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads a lab file:
 *
 * <pre>{@code
 * lab: three                  # default: the file's name without its ending
 * networks:                   # default: selftest0, as LabBuilder has it
 *   lan: {ipv4: 192.168.7.0/24, ipv6: fd07::/112}
 * kinds:                      # what hosts have in common, default: none
 *   server: {domain: example.test}
 * isolation: namespaces       # or cwrap, or auto: namespaces where they work; default: auto
 * seed: 42                    # what all chance comes from; default: another one each time
 * root: {name: client}        # default: called root, with one address on each network
 * hosts:
 *   a:
 *   b: {kind: server, interface: 30, aliases: [www]}
 * }</pre>
 *
 * <p>What a host can have: {@link HostReader}.
 */
public final class LabFile {

  private final String defaultName;
  private final Optional<LabDescription> running;
  private final Problems problems;
  private final Templates templates = new Templates();
  private final Map<Subject, Position> positions = new HashMap<>();
  private int captures;

  private LabFile(String defaultName, Optional<LabDescription> running, Problems problems) {
    this.defaultName = defaultName;
    this.running = running;
    this.problems = problems;
  }

  /**
   * Reads a file.
   *
   * @throws BadInputException with every mistake in it, or because it cannot be read
   */
  public static LabDescription read(Path file) throws BadInputException {
    Problems problems = new Problems();
    return describe(file.toString(), YamlFile.read(file, problems), Optional.empty(), problems);
  }

  /**
   * Reads a file that a running lab is to become like: what has no number in the file keeps the one
   * that it has in the lab.
   *
   * @throws BadInputException with every mistake in it, or because it cannot be read
   */
  public static LabDescription read(Path file, LabDescription running) throws BadInputException {
    Problems problems = new Problems();
    return describe(file.toString(), YamlFile.read(file, problems), Optional.of(running), problems);
  }

  /**
   * Reads text.
   *
   * @param name what problems call the file, and what the lab is called when the text does not say
   * @throws BadInputException with every mistake in it
   */
  public static LabDescription parse(String name, String text) throws BadInputException {
    Problems problems = new Problems();
    return describe(name, YamlFile.parse(name, text, problems), Optional.empty(), problems);
  }

  private static LabDescription describe(
      String file, Optional<YamlNode> root, Optional<LabDescription> running, Problems problems)
      throws BadInputException {
    Optional<LabDescription> lab =
        root.flatMap(node -> new LabFile(labName(file), running, problems).lab(node));
    problems.throwIfAny();
    return lab.orElseThrow(() -> new IllegalStateException("neither a lab nor a problem: " + file));
  }

  /** {@code three-hosts} for {@code examples/three-hosts.yaml}. */
  private static String labName(String file) {
    return Path.of(file).getFileName().toString().replaceFirst("\\.ya?ml$", "");
  }

  private Optional<LabDescription> lab(YamlNode node) {
    Fields fields = Fields.of(node, problems);
    LabBuilder lab = name(fields);
    running.ifPresent(lab::keepNumbersOf);
    Networks networks = Networks.read(fields, problems);
    for (int i = 0; i < networks.good().size(); i++) {
      Networks.Located network = networks.good().get(i);
      positions.put(new Subject.Network(i), network.position());
      int place = i;
      network
          .gateway()
          .ifPresent(name -> positions.put(new Subject.Gateway(place), name.position()));
      lab.network(network.description());
      CaptureTarget target = new CaptureTarget.Network(network.description().name());
      network.capture().ifPresent(file -> capture(lab, target, file));
    }
    HostReader reader = new HostReader(networks, Kinds.read(fields, problems), templates, problems);
    reader.checkKinds();
    fields.value("root").flatMap(root -> root(root, reader, lab)).ifPresent(lab::root);
    hosts(fields, reader, lab);
    fields.scalar("isolation").flatMap(this::isolation).ifPresent(lab::isolation);
    fields.integer("seed", 0, Integer.MAX_VALUE).ifPresent(seed -> lab.seed(seed));
    fields.done();
    return assemble(node, lab);
  }

  private Optional<Isolation> isolation(ScalarNode node) {
    Optional<Isolation> isolation = Isolation.of(node.value());
    if (isolation.isEmpty()) {
      problems.add(
          node,
          "no isolation \"%s\", only %s"
              .formatted(
                  node.value(),
                  Arrays.stream(Isolation.values())
                      .map(Isolation::word)
                      .collect(Collectors.joining(", "))));
    }
    return isolation;
  }

  private LabBuilder name(Fields fields) {
    Optional<ScalarNode> given = fields.scalar("lab");
    if (given.isPresent()) {
      return given
          .get()
          .text(problems)
          .flatMap(name -> problems.attempt(given.get(), () -> LabDescription.builder(name)))
          .orElseGet(() -> LabDescription.builder("lab"));
    }
    try {
      return LabDescription.builder(defaultName);
    } catch (IllegalArgumentException e) {
      problems.add(fields.node(), e.getMessage() + "; give it one with \"lab: NAME\"");
      return LabDescription.builder("lab");
    }
  }

  private Optional<HostDescription> root(YamlNode node, HostReader reader, LabBuilder lab) {
    positions.put(new Subject.Host(Subject.ROOT), node.position());
    return reader.root(node).map(host -> locate(Subject.ROOT, host, lab));
  }

  private void hosts(Fields fields, HostReader reader, LabBuilder lab) {
    fields.require("hosts");
    List<MappingNode.Entry> entries = fields.entries("hosts");
    int index = 0;
    for (MappingNode.Entry entry : entries) {
      Optional<HostReader.Located> host = reader.host(entry);
      if (host.isPresent()) {
        positions.put(new Subject.Host(index), entry.key().position());
        lab.host(locate(index++, host.get(), lab));
      }
    }
  }

  private HostDescription locate(int index, HostReader.Located host, LabBuilder lab) {
    for (int i = 0; i < host.interfaces().size(); i++) {
      positions.put(new Subject.Interface(index, i), host.interfaces().get(i));
    }
    host.captures().forEach((target, file) -> capture(lab, target, file));
    for (int i = 0; i < host.services().size(); i++) {
      positions.put(new Subject.Service(index, i), host.services().get(i));
    }
    host.routing()
        .forEach(
            (part, position) ->
                positions.put(new Subject.Routing(index, part.kind(), part.index()), position));
    return host.description();
  }

  private void capture(LabBuilder lab, CaptureTarget target, ScalarNode file) {
    problems
        .attempt(file, () -> new CaptureDescription(target, Path.of(file.value())))
        .ifPresent(
            capture -> {
              positions.put(new Subject.Capture(captures++), file.position());
              lab.capture(capture);
            });
  }

  /** Reports what does not fit together where the file says it. */
  private Optional<LabDescription> assemble(YamlNode node, LabBuilder lab) {
    try {
      LabDescription built = lab.build();
      templates.check(built, problems);
      return Optional.of(built);
    } catch (InvalidLabException e) {
      for (Fault fault : e.faults()) {
        problems.add(positions.getOrDefault(fault.subject(), node.position()), fault.message());
      }
      return Optional.empty();
    }
  }
}
