package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Colours are for people who see them and want them (https://no-color.org). */
@Timeout(120)
class TerminalTest {
  private static final String ESCAPE = "\u001B[";
  private static final List<String> ON_A_TERMINAL =
      List.of("script", "--quiet", "--return", "--command", "./warren --help", "/dev/null");

  @TempDir private Path folder;
  private WholeCheckout warren;

  @BeforeEach
  void make() throws Exception {
    warren = WholeCheckout.make(folder);
  }

  @Test
  void aTerminalGetsColours() throws Exception {
    assertThat(output(ON_A_TERMINAL, Map.of("TERM", "xterm", "NO_COLOR", "")))
        .contains(ESCAPE, "Usage:");
  }

  @Test
  void noColourIsHonoured() throws Exception {
    assertThat(output(ON_A_TERMINAL, Map.of("TERM", "xterm", "NO_COLOR", "1")))
        .contains("Usage:")
        .doesNotContain(ESCAPE);
  }

  @Test
  void aTerminalWithoutColoursGetsNone() throws Exception {
    assertThat(output(ON_A_TERMINAL, Map.of("TERM", "dumb", "NO_COLOR", "")))
        .contains("Usage:")
        .doesNotContain(ESCAPE);
  }

  @Test
  void aFileGetsNoColours() throws Exception {
    assertThat(output(List.of("./warren", "--help"), Map.of("TERM", "xterm", "NO_COLOR", "")))
        .contains("Usage:")
        .doesNotContain(ESCAPE);
  }

  private String output(List<String> command, Map<String, String> variables) throws Exception {
    Path output = folder.resolve("output");
    assertThat(warren.start(command, variables, output).waitFor()).isZero();
    return Files.readString(output);
  }
}
