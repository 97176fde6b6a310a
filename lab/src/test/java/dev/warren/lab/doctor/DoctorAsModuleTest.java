package dev.warren.lab.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.testing.DoctorMain;
import dev.warren.lab.testing.ModuleJvm;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The doctor's trial is a JVM of its own, which must find what that of the launcher has. */
@Timeout(60)
class DoctorAsModuleTest {
  @TempDir private Path folder;

  @Test
  void itsTrialFindsAllItsModules() throws Exception {
    Process java =
        new ProcessBuilder(
                ModuleJvm.command(
                    Set.of("dev.warren.lab", "dev.warren.linux"), DoctorMain.class, folder))
            .redirectErrorStream(true)
            .start();

    String said = new String(java.getInputStream().readAllBytes(), UTF_8);

    assertThat(java.waitFor()).as(said).isZero();
    assertThat(said).contains("dev.warren.lab: host names YES");
  }
}
