package dev.warren.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GatheringTest {
  @Test
  void aPathThatIsAloneStaysItself() {
    assertThat(gather("/tmp/a/b/one.jar")).containsExactly(Path.of("/tmp/a/b/one.jar"));
  }

  @Test
  void pathsOfOneEntryAreHeldByTheirCommonFolder() {
    assertThat(gather("/tmp/a/b/c/one.jar", "/tmp/a/b/d/two.jar", "/tmp/a/b/e"))
        .containsExactly(Path.of("/tmp/a/b"));
  }

  @Test
  void theDirectoryItselfIsNeverTheFolder() {
    assertThat(gather("/tmp/a/one.jar", "/tmp/b/two.jar", "/tmp/three.jar"))
        .containsExactly(
            Path.of("/tmp/a/one.jar"), Path.of("/tmp/b/two.jar"), Path.of("/tmp/three.jar"));
  }

  private static List<Path> gather(String... paths) {
    return Gathering.below(Path.of("/tmp"), Stream.of(paths).map(Path::of).toList());
  }
}
