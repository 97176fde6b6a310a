package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.control.Registration;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.description.LabDescription;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestenvOptionsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "ad_dc, ad_dc",
    "test-my plan, test-my-plan",
    "test-größe!, test-gr-e-",
    "_own, own",
    "'...', testenv"
  })
  void makesAnyNameOneThatALabMayHave(String wanted, String name) throws Exception {
    try (Registration lab =
        TestenvOptions.register(RunningLabs.in(folder.resolve("run")), wanted)) {
      assertThat(lab.lab().name()).isEqualTo(name);
    }
  }

  @Test
  void longNamesHaveRoomForTheNumberOfASecondRun() throws Exception {
    RunningLabs labs = RunningLabs.in(folder.resolve("run"));
    try (Registration _ = TestenvOptions.register(labs, "x".repeat(300));
        Registration second = TestenvOptions.register(labs, "x".repeat(300))) {
      String name = second.lab().name();

      assertThat(name).endsWith("x-2");
      assertThat(LabDescription.builder(name).build().name()).isEqualTo(name);
    }
  }
}
