package dev.warren.selftest.testenv;

import dev.warren.lab.description.FileDescription;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what both testenvs and the catalogue's own file have. */
final class SharedParts {
  /** Debian Policy, section 5.6.7, with an architecture behind a colon. */
  private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?");

  private static final Pattern MODE = Pattern.compile("[0-7]{3,4}");

  private final Problems problems;

  SharedParts(Problems problems) {
    this.problems = problems;
  }

  /** A template; nothing at all is the empty one. */
  Template template(ScalarNode node) {
    return node.isNull() ? Template.literal("") : Template.parse(node, problems);
  }

  /** The value of {@code files}. */
  List<FileTemplate> files(Fields fields) {
    List<FileTemplate> files = new ArrayList<>();
    for (Fields file : fields.fieldsList("files")) {
      file.require("path", "text");
      Optional<Template> path = file.scalar("path").map(this::template);
      Optional<Template> text = file.scalar("text").map(this::template);
      int mode = file.scalar("mode").map(this::mode).orElse(FileDescription.DEFAULT_MODE);
      file.done();
      path.ifPresent(p -> text.ifPresent(content -> files.add(new FileTemplate(p, mode, content))));
    }
    return files;
  }

  private int mode(ScalarNode node) {
    if (!MODE.matcher(node.value()).matches()) {
      problems.add(node, "permission bits like \"0644\" are expected");
      return FileDescription.DEFAULT_MODE;
    }
    return Integer.parseInt(node.value(), 8);
  }

  /** The value of {@code packages}. */
  List<String> packages(Fields fields) {
    return packages(fields, "packages");
  }

  /** A list of packages. */
  List<String> packages(Fields fields, String key) {
    List<ScalarNode> packages = fields.scalars(key);
    for (ScalarNode node : packages) {
      if (!PACKAGE.matcher(node.value()).matches()) {
        problems.add(node, "\"%s\" cannot be the name of a package".formatted(node.value()));
      }
    }
    return packages.stream().map(ScalarNode::value).distinct().toList();
  }
}
