package dev.warren.lab.file;

import dev.warren.lab.description.BindDescription;
import dev.warren.lab.description.FileContent;
import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.Ownership;
import dev.warren.lab.description.PrivateDirectory;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.Sizes;
import dev.warren.lab.source.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads what a host has on its file system. Paths of the machine are relative to the file that
 * names them.
 *
 * <pre>{@code
 * rootfs: ./rootfs                       # a folder that is the host's /
 * packages: [nginx, frr]                 # Debian packages, laid over /usr and /etc
 * private:
 *   - /srv                               # empty
 *   - {path: /data, from: seed.tar.gz, mode: "0750", owner: www, group: www}
 *   - {path: /scratch, size: 64MiB}
 * binds:
 *   - {path: /srv/src, from: ., write: true}
 * files:
 *   - {path: /etc/motd, mode: "0644", text: "hello", owner: ada}
 *   - {path: /etc/app.conf, from: ./app.conf, template: true}
 * }</pre>
 */
final class FileFields {

  private final Problems problems;

  FileFields(Problems problems) {
    this.problems = problems;
  }

  void read(Fields fields, HostBuilder host, Templates templates) {
    fields
        .scalar("rootfs")
        .ifPresent(
            // It may be made later than the file is read: its absence is the start's to report.
            folder ->
                place(folder)
                    .ifPresent(path -> problems.attempt(folder, () -> host.rootFolder(path))));
    fields
        .scalars("packages")
        .forEach(name -> problems.attempt(name, () -> host.packages(name.value())));
    fields.fieldsList("binds").forEach(bind -> bind(bind).ifPresent(host::bind));
    fields.fieldsList("files").forEach(file -> file(file, templates).ifPresent(host::file));
  }

  /** A private directory: its path, or a mapping. */
  Optional<PrivateDirectory> directory(YamlNode node) {
    if (node instanceof ScalarNode scalar) {
      return scalar
          .text(problems)
          .flatMap(text -> problems.attempt(scalar, () -> PrivateDirectory.at(Path.of(text))));
    }
    Fields fields = Fields.of(node, problems);
    fields.require("path");
    Optional<ScalarNode> path = fields.scalar("path");
    Optional<ScalarNode> from = fields.scalar("from");
    Optional<Path> seed = from.flatMap(this::source);
    OptionalInt mode = mode(fields);
    Optional<Ownership> ownership = ownership(fields);
    Optional<ScalarNode> size = fields.scalar("size");
    OptionalLong bytes = size.map(this::size).orElse(OptionalLong.empty());
    fields.done();
    boolean incomplete =
        path.isEmpty()
            || ownership.isEmpty()
            || seed.isPresent() != from.isPresent()
            || bytes.isPresent() != size.isPresent()
            || mode.isPresent() != fields.value("mode").isPresent();
    return incomplete
        ? Optional.empty()
        : problems.attempt(
            path.get(),
            () ->
                new PrivateDirectory(
                    Path.of(path.get().value()), seed, mode, ownership.get(), bytes));
  }

  private OptionalLong size(ScalarNode node) {
    OptionalLong bytes = Sizes.parse(node.value());
    if (bytes.isEmpty()) {
      problems.add(
          node, "a size like 4096B, 64MiB or 1GB is expected, but this is " + node.value());
    }
    return bytes;
  }

  private Optional<BindDescription> bind(Fields fields) {
    fields.require("path", "from");
    Optional<ScalarNode> path = fields.scalar("path");
    Optional<Path> from = fields.scalar("from").flatMap(this::source);
    boolean write = fields.flag("write").orElse(false);
    fields.done();
    return path.isEmpty() || from.isEmpty()
        ? Optional.empty()
        : problems.attempt(
            path.get(), () -> new BindDescription(Path.of(path.get().value()), from.get(), write));
  }

  private Optional<FileDescription> file(Fields fields, Templates templates) {
    fields.require("path");
    Optional<ScalarNode> path = fields.scalar("path");
    boolean template = fields.flag("template").orElse(false);
    Optional<FileContent> content = content(fields, template, templates);
    OptionalInt mode =
        fields.value("mode").isPresent()
            ? mode(fields)
            : OptionalInt.of(FileDescription.DEFAULT_MODE);
    Optional<Ownership> ownership = ownership(fields);
    fields.done();
    if (path.isEmpty() || content.isEmpty() || mode.isEmpty() || ownership.isEmpty()) {
      return Optional.empty();
    }
    return problems.attempt(
        path.get(),
        () ->
            new FileDescription(
                Path.of(path.get().value()), mode.getAsInt(), content.get(), ownership.get()));
  }

  private Optional<FileContent> content(Fields fields, boolean template, Templates templates) {
    Optional<ScalarNode> text = fields.scalar("text");
    Optional<ScalarNode> from = fields.scalar("from");
    if (text.isPresent() == from.isPresent()) {
      problems.add(
          fields.node(),
          text.isPresent()
              ? "give \"text\" or \"from\", not both"
              : "the key \"text\" is missing here, or \"from\"");
      return Optional.empty();
    }
    if (text.isPresent()) {
      return text.get()
          .text(problems)
          .map(
              value -> {
                if (!template) {
                  return new FileContent.Text(value);
                }
                return templates.add(value, line -> lineOf(text.get(), line));
              });
    }
    return from.flatMap(this::source).flatMap(path -> copy(from.get(), path, template, templates));
  }

  private Optional<FileContent> copy(
      ScalarNode node, Path path, boolean template, Templates templates) {
    if (Files.isDirectory(path)) {
      problems.add(node, "\"%s\" is a folder: use private or binds for it".formatted(path));
      return Optional.empty();
    }
    if (!template) {
      return problems.attempt(node, () -> new FileContent.Copy(path));
    }
    try {
      String shown = node.value();
      return Optional.of(
          templates.add(Files.readString(path), line -> new Position(shown, line, 0)));
    } catch (IOException failure) {
      problems.add(node, "\"%s\" cannot be read as text: %s".formatted(path, failure));
      return Optional.empty();
    }
  }

  /** Where a line of a text stands in the lab file. */
  private static Position lineOf(ScalarNode node, int line) {
    int offset = 0;
    for (int n = 1; n < line && offset >= 0; n++) {
      offset = node.value().indexOf('\n', offset) + 1;
    }
    return node.positionOf(Math.max(0, offset));
  }

  /** A file or folder of the machine, which must be there. */
  private Optional<Path> source(ScalarNode node) {
    Optional<Path> path = place(node);
    if (path.isPresent() && !Files.exists(path.get())) {
      problems.add(node, "there is no \"%s\" (%s)".formatted(node.value(), path.get()));
      return Optional.empty();
    }
    return path;
  }

  /** A path of the machine. */
  private Optional<Path> place(ScalarNode node) {
    Optional<String> text = node.text(problems);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path labFile = Path.of(node.position().file()).toAbsolutePath();
      return Optional.of(labFile.resolveSibling(text.get()).normalize());
    } catch (InvalidPathException e) {
      problems.add(node, "\"%s\" is no path".formatted(text.get()));
      return Optional.empty();
    }
  }

  private OptionalInt mode(Fields fields) {
    return fields.scalar("mode").map(this::mode).orElse(OptionalInt.empty());
  }

  private OptionalInt mode(ScalarNode node) {
    if (node.value().matches("0?[0-7]{3,4}")) {
      return OptionalInt.of(Integer.parseInt(node.value(), 8));
    }
    problems.add(node, "a mode is three or four octal digits, like \"0644\"");
    return OptionalInt.empty();
  }

  private Optional<Ownership> ownership(Fields fields) {
    Optional<ScalarNode> owner = fields.scalar("owner");
    Optional<ScalarNode> group = fields.scalar("group");
    Optional<ScalarNode> first = owner.or(() -> group);
    return first.isEmpty()
        ? Optional.of(Ownership.UNSAID)
        : problems.attempt(
            first.get(),
            () -> new Ownership(owner.map(ScalarNode::value), group.map(ScalarNode::value)));
  }
}
