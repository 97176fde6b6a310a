package dev.warren.lab.description;

import java.nio.file.Path;

/** What a file of a host holds. */
public sealed interface FileContent {

  /** Text, written in UTF-8. */
  record Text(String text) implements FileContent {}

  /** A copy of a file of the machine, byte for byte. */
  record Copy(Path source) implements FileContent {
    /** Checks the path. */
    public Copy {
      Checks.path(source);
    }
  }

  /** Text with {@code {{variables}}}, see {@link TemplateText}. */
  record Template(String text) implements FileContent {}
}
