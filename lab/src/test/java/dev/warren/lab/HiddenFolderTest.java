package dev.warren.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiddenFolderTest {
  /** Every machine has it, with something in it. */
  private static final Path FOLDER = Path.of("/usr/share");

  @TempDir Path state;

  @Test
  void aHiddenFolderIsEmptyToHostsAndToNobodyElse() throws Exception {
    LabSettings settings = LabSettings.in(state).withHidden(List.of(FOLDER));
    try (Lab lab =
        Lab.start(LabDescription.builder("x").host(HostDescription.named("a")).build(), settings)) {
      for (Host host : List.of(lab.root(), lab.host("a"))) {
        assertThat(host.call(() -> List.of(FOLDER.toFile().list()))).isEmpty();
      }
      assertThat(FOLDER).isNotEmptyDirectory();
    }
  }
}
