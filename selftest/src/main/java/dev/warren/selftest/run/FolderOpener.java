package dev.warren.selftest.run;

import dev.warren.lab.tree.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Labs that nobody else needs to find. */
final class FolderOpener implements LabOpener {
  private final Path folder;
  private final Set<String> taken = new HashSet<>();

  FolderOpener(Path folder) {
    this.folder = folder;
  }

  @Override
  public LabPlace open(String testenv) throws IOException {
    String name = take(testenv);
    return new Place(name, Files.createDirectories(folder.resolve(name)));
  }

  private synchronized String take(String testenv) {
    String name = testenv;
    for (int number = 2; !taken.add(name); number++) {
      name = testenv + "-" + number;
    }
    return name;
  }

  private synchronized void giveBack(String name) {
    taken.remove(name);
  }

  private final class Place implements LabPlace {
    private final String name;
    private final Path state;

    Place(String name, Path state) {
      this.name = name;
      this.state = state;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Path stateFolder() {
      return state;
    }

    @Override
    public void close() throws IOException {
      Trees.delete(state);
      giveBack(name);
    }
  }
}
