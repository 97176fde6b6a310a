package dev.warren.selftest.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.build.BuildTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a build tree is another one than that of which a snapshot was made. */
class BuildTreeFilesTest {
  @TempDir Path tree;

  @BeforeEach
  void build() throws IOException {
    write("made/server", "old");
    write("bin/deep/object", "");
    write("bin/modules/acl", "");
    Files.createSymbolicLink(tree.resolve("bin/server"), tree.resolve("made/server"));
    Files.createSymbolicLink(tree.resolve("bin/gone"), tree.resolve("nowhere"));
    Files.createSymbolicLink(tree.resolve("bin/modules/round"), tree.resolve("bin/modules"));
  }

  @Test
  void itChangesWithWhatItsLinksLeadTo() throws Exception {
    String before = digest();
    Files.setLastModifiedTime(tree.resolve("made/server"), FileTime.from(Instant.EPOCH));

    assertThat(digest()).isNotEqualTo(before);
  }

  @Test
  void itChangesWithAModuleThatComes() throws Exception {
    String before = digest();
    write("bin/modules/more", "");

    assertThat(digest()).isNotEqualTo(before);
  }

  @Test
  void itIsTheSameWhateverElseIsThere() throws Exception {
    String before = digest();
    write("bin/deep/another", "");
    write("bin/modules/__pycache__/a.pyc", "");
    write("source.c", "");

    assertThat(digest()).isEqualTo(before);
  }

  private String digest() throws IOException {
    return BuildTreeFiles.digest(
        new BuildTree(
            tree,
            Set.of(),
            Map.of(),
            List.of("bin/*", "bin/modules", "not/there"),
            Optional.empty(),
            true,
            new BuildTree.Lists(List.of(), List.of(), List.of(), List.of())));
  }

  private void write(String file, String text) throws IOException {
    Path path = tree.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
  }
}
