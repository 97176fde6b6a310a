package dev.warren.lab.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
  @TempDir private Path folder;

  @Test
  void aTreeIsRemovedWithAllThatIsInIt() throws IOException {
    Path tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("a/b"));
    Files.writeString(tree.resolve("a/b/file"), "text");

    Trees.delete(tree);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whereALinkLeadsStays() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("file"), "text");
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("link"), outside);

    Trees.delete(tree);

    assertThat(outside.resolve("file")).hasContent("text");
    assertThat(tree).doesNotExist();
  }

  @Test
  void whatIsNotThereIsRemovedAlready() throws IOException {
    Trees.delete(folder.resolve("none"));

    assertThat(folder).isEmptyDirectory();
  }
}
