package dev.warren.selftest.testenv;

import dev.warren.lab.source.Fields;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.YamlNode;
import dev.warren.selftest.build.BuildTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what a catalogue says of build trees, {@code build-tree}, and looks whether a folder is
 * one.
 */
final class BuildTreeReader {
  private final Path tree;
  private final Fields fields;
  private final Problems problems;
  private final SharedParts parts;

  /**
   * A reader of one section.
   *
   * @param tree the folder that the user names, absolute
   */
  BuildTreeReader(Path tree, MappingNode section, Problems problems) {
    this.tree = tree;
    this.fields = Fields.of(section, problems);
    this.problems = problems;
    this.parts = new SharedParts(problems);
  }

  /** The tree; what is wrong with the section or with the folder is reported. */
  BuildTree read() {
    String configuration =
        fields.scalars("configuration").stream()
            .map(this::inside)
            .map(this::content)
            .collect(Collectors.joining());
    expect(configuration);
    Set<String> replaces = Set.copyOf(parts.packages(fields, "replaces"));
    Map<Path, Path> links = links();
    List<String> content = fields.scalars("content").stream().map(this::inside).toList();
    Optional<String> plan = fields.scalar("plan").map(this::expand);
    boolean pipefail =
        fields
            .scalar("pipefail-in")
            .map(this::inside)
            .map(file -> content(file).contains("pipefail"))
            .orElse(true);
    BuildTree.Lists lists =
        new BuildTree.Lists(
            list("expected-failures", configuration),
            list("flapping", configuration),
            list("skip", configuration),
            list("quick", configuration));
    fields.done();
    return new BuildTree(tree, replaces, links, content, plan, pipefail, lists);
  }

  /** Of what is expected and is not there only the first is told: the rest follows from that. */
  private void expect(String configuration) {
    boolean missing = false;
    for (Fields expected : fields.fieldsList("expects")) {
      expected.require("otherwise");
      List<ScalarNode> paths = expected.scalars("paths");
      Optional<String> text = expected.text("configured");
      String otherwise = expected.text("otherwise").orElse("");
      expected.done();
      Optional<String> what =
          paths.stream()
              .map(this::inside)
              .filter(path -> !Files.exists(tree.resolve(path)))
              .findFirst()
              .map(path -> "it has no " + path)
              .or(
                  () ->
                      text.filter(wanted -> !configuration.contains(wanted))
                          .map(wanted -> "its configuration lacks " + wanted));
      if (what.isPresent() && !missing) {
        missing = true;
        problems.add(Position.of(tree.toString()), "%s (%s)".formatted(otherwise, what.get()));
      }
    }
  }

  private Map<Path, Path> links() {
    Map<Path, Path> links = new LinkedHashMap<>();
    for (MappingNode.Entry entry : fields.entries("links")) {
      if (!entry.name().startsWith("/usr/")) {
        problems.add(entry.key(), "a path below /usr is expected");
      } else if (entry.value() instanceof ScalarNode target) {
        links.put(Path.of(entry.name()).normalize(), Path.of(expand(target)));
      } else {
        problems.add(entry.value(), "a text is expected, but this is " + entry.value().kind());
      }
    }
    return links;
  }

  private String expand(ScalarNode node) {
    Template template = parts.template(node);
    for (Template.Reference reference : template.references()) {
      if (!reference.variable().toString().equals(Predefined.BUILD_TREE)) {
        problems.add(
            reference.position(),
            "unknown variable \"%s\"; known here: %s"
                .formatted(reference.variable(), Predefined.BUILD_TREE));
      }
    }
    return template.expand(_ -> tree.toString());
  }

  /** Files and folders of the tree; those are left out that this version of it does not have. */
  private List<Path> list(String key, String configuration) {
    List<Path> files = new ArrayList<>();
    for (YamlNode item : fields.items(key)) {
      Optional<Path> file =
          switch (item) {
            case ScalarNode node -> Optional.of(tree.resolve(inside(node)));
            case YamlNode node -> conditional(Fields.of(node, problems), configuration);
          };
      file.filter(Files::exists).ifPresent(files::add);
    }
    return files;
  }

  private Optional<Path> conditional(Fields item, String configuration) {
    item.require("path");
    Optional<Path> path = item.scalar("path").map(this::inside).map(tree::resolve);
    boolean when = item.text("when").map(configuration::contains).orElse(true);
    boolean unless = item.text("unless").map(configuration::contains).orElse(false);
    item.done();
    return when && !unless ? path : Optional.empty();
  }

  private String inside(ScalarNode node) {
    Path path = Path.of(node.value()).normalize();
    if (path.isAbsolute() || path.startsWith("..")) {
      problems.add(node, "a path inside of the build tree is expected");
    }
    return node.value();
  }

  /** A file's text; none where there is no such file, which is said by what is expected. */
  private String content(String path) {
    try {
      return Files.readString(tree.resolve(path), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
