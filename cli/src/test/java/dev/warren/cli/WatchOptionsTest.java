package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.run.CaptureChoice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

class WatchOptionsTest {
  /** A command with these options. */
  @CommandLine.Command
  private static final class Watching {
    @Mixin private final WatchOptions options = new WatchOptions();
    @Parameters private List<String> arguments = List.of();
  }

  @ParameterizedTest
  @CsvSource({
    "a b, NONE",
    "--capture a b, FAILED",
    "a --capture b, FAILED",
    "a b --capture, FAILED",
    "a --capture=failed b, FAILED",
    "--capture=all a b, ALL"
  })
  void aWordBehindCaptureIsItsOwn(String line, CaptureChoice captures) {
    Watching command = new Watching();
    var _ =
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs(line.split(" "));
    assertThat(command.options.watch(Optional.empty()).captures()).isEqualTo(captures);
    assertThat(command.arguments).containsExactly("a", "b");
  }
}
