package dev.warren.lab.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.testing.OtherJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of another file system do for it: the kernel's cgroups are removed as they are. */
class RemoverTest {
  @TempDir private Path top;

  @Test
  void removesWhatItWasToldOf() throws Exception {
    Path one = top.resolve("one");
    Path two = top.resolve("with a blank");
    try (Remover remover = Remover.watch()) {
      remover.expect(one);
      remover.expect(top.resolve("never made"));
      remover.expect(two);
      Files.createDirectory(one);
      Files.createDirectory(two);
    }

    assertThat(top).isEmptyDirectory();
  }

  @Test
  void sparesWhatItWasToldToForget() throws Exception {
    Path another = Files.createDirectory(top.resolve("another"));
    try (Remover remover = Remover.watch()) {
      remover.expect(another);
      remover.forget();
      remover.expect(top.resolve("own"));
      Files.createDirectory(top.resolve("own"));
    }

    assertThat(top).isDirectoryContaining(path -> path.equals(another));
    assertThat(top.resolve("own")).doesNotExist();
  }

  @Test
  void removesWhatAKilledJvmMade() throws Exception {
    try (OtherJvm jvm = OtherJvm.start(Maker.class, top.resolve("made"))) {
      assertThat(top.resolve("made")).isDirectory();

      jvm.kill();
    }

    await().untilAsserted(() -> assertThat(top).isEmptyDirectory());
  }

  /** Makes a folder. */
  static final class Maker {
    private Maker() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      Remover remover = Remover.watch();
      remover.expect(folder);
      Files.createDirectory(folder);
      OtherJvm.tellAndWait(remover, List.of());
    }
  }
}
