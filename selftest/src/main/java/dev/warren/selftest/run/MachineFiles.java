package dev.warren.selftest.run;

import dev.warren.lab.description.FileContent;
import dev.warren.lab.description.FileDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Files of a lab that are made on the machine, below the folder of its testenvs. */
final class MachineFiles {
  private MachineFiles() {}

  /** Makes them, and the folders above them. */
  static void write(List<FileDescription> files) throws IOException {
    for (FileDescription file : files) {
      if (file.content() instanceof FileContent.Text(String text)) {
        Files.createDirectories(file.path().toAbsolutePath().resolveSibling("."));
        Files.writeString(file.path(), text);
        Files.setAttribute(file.path(), "unix:mode", file.mode());
      }
    }
  }
}
