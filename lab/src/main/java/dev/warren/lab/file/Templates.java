package dev.warren.lab.file;

import dev.warren.lab.description.FileContent;
import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.TemplateText;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.IntFunction;

/** Where the templates of a lab file stand, to report mistakes in them once the lab is known. */
final class Templates {

  private final IdentityHashMap<FileContent, IntFunction<Position>> positions =
      new IdentityHashMap<>();

  /** Remembers one, and where its lines stand; they count from 1. */
  FileContent add(String text, IntFunction<Position> lines) {
    FileContent.Template template = new FileContent.Template(text);
    positions.put(template, lines);
    return template;
  }

  /** Reports what cannot be filled in. */
  void check(LabDescription lab, Problems problems) {
    lab.everyone()
        .forEach(
            host -> host.fileSystem().files().forEach(file -> check(lab, host, file, problems)));
  }

  private void check(
      LabDescription lab, HostDescription host, FileDescription file, Problems problems) {
    if (file.content() instanceof FileContent.Template template) {
      try {
        var _ = TemplateText.render(template.text(), lab, host);
      } catch (TemplateText.BadTemplateException bad) {
        Optional.ofNullable(positions.get(template))
            .ifPresent(
                lines ->
                    problems.add(
                        lines.apply(bad.line().orElse(1)), String.valueOf(bad.getMessage())));
      }
    }
  }
}
