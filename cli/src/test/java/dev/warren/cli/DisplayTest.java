package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run looks like on a real pseudo-terminal. */
@Timeout(120)
class DisplayTest {
  private static final String UP = "\u001b[2A";
  private static final String COLOUR = "\u001b[1m";

  @TempDir private Path folder;
  private Checkout warren;

  @BeforeEach
  void make() throws Exception {
    warren = Checkout.make(folder.resolve("home"));
    RunFiles.catalogue(folder);
  }

  /** Under script(1), byte for byte. */
  @Nested
  class Bytes {
    @Test
    void aTerminalGetsADisplay() throws Exception {
      assertThat(onATerminal(Map.of("TERM", "xterm", "NO_COLOR", "")))
          .contains(UP, COLOUR, "setting up server", "make the site", "ALL OK");
    }

    @Test
    void noColourLeavesTheDisplay() throws Exception {
      assertThat(onATerminal(Map.of("TERM", "xterm", "NO_COLOR", "1")))
          .contains(UP, "setting up server", "ALL OK")
          .doesNotContain(COLOUR)
          .doesNotContainPattern("\u001b\\[[0-9;]*m");
    }

    @Test
    void aTerminalThatCannotGetsLines() throws Exception {
      assertThat(onATerminal(Map.of("TERM", "dumb", "NO_COLOR", "")))
          .contains("[1(0)/1 at ", "ALL OK")
          .doesNotContain("\u001b");
    }

    @Test
    void noModeOfTheTerminalIsChanged() throws Exception {
      assertThat(onATerminal(Map.of("TERM", "xterm", "NO_COLOR", "")))
          .doesNotContainPattern("\u001b(?!\\[[0-9;]*[AJKm])");
    }

    private String onATerminal(Map<String, String> variables) throws Exception {
      Path output = folder.resolve("output");
      ProcessBuilder builder =
          new ProcessBuilder(
              "script",
              "--quiet",
              "--return",
              "--command",
              line(RunFiles.suite("only", "printf 'test: a\\nsuccess: a\\n'; sleep 0.5")),
              "/dev/null");
      builder.environment().putAll(variables);
      Process script =
          builder
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertThat(script.waitFor()).isZero();
      return Files.readString(output);
    }
  }

  /** Under tmux(1), which shows what a person sees. */
  @Nested
  class Screen {
    private final List<String> tmux = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
      assumeTrue(
          new ProcessBuilder("sh", "-c", "command -v tmux").start().waitFor() == 0,
          "there is no tmux here");
      tmux.addAll(List.of("tmux", "-u", "-S", folder.resolve("tmux").toString()));
      tmux("-f", "/dev/null", "new-session", "-d", "-x", "60", "-y", "20", "sh");
    }

    @AfterEach
    void end() throws Exception {
      if (!tmux.isEmpty()) {
        tmux("kill-server");
      }
    }

    @Test
    void showsARunFromItsSetUpToItsEnd() throws Exception {
      type(
          RunFiles.suite("one", "sleep 1; printf 'test: t\\nfailure: t [\\nboom\\n]\\n'; exit 1")
              + RunFiles.suite(
                  "日本語の長い名前 that does not fit into the window, whatever is done",
                  "until [ -e /run/warren/catalogue/go ]; do sleep 0.1; done"));
      awaitSeen("0 of 2 suites, 0 tests, ", "setting up server: make the site");
      awaitSeen("UNEXPECTED(failure): t", "REASON: boom", "1 of 2 suites, 1 failed, 1 tests, ");
      awaitSeen("日本語の長い名前 that does not fit into the win...");
      tmux("resize-window", "-x", "30");
      awaitSeen("日本語の長い名前 ...");
      tmux("resize-window", "-x", "100");
      awaitSeen("日本語の長い名前 that does not fit into the window, whatever is done");
      Files.createFile(folder.resolve("catalogue/go"));
      awaitSeen("FAILED (1 failures, 0 errors and 0 unexpected successes in 1 testsuites)");
      awaitSeen("ended with 1");
      assertThat(seen().lines().filter(line -> line.contains("of 2 suites"))).isEmpty();
      assertThat(seen().lines().filter(line -> line.contains("REASON: boom"))).hasSize(1);
    }

    @Test
    void controlCLeavesTheTerminalAsItWas() throws Exception {
      type(RunFiles.suite("one", "sleep 313"));
      awaitSeen("s  one");
      tmux("send-keys", "C-c");
      awaitSeen("Stopping; a second time ends it at once", "ended with 130");
      assertThat(seen().lines().filter(line -> line.contains("of 1 suites"))).isEmpty();
      tmux("send-keys", "echo still; stty -a | grep -o ' echo '", "Enter");
      awaitSeen("still\n echo\n");
    }

    @Test
    void enterLetsARunGoOnThatHoldsALab() throws Exception {
      type(RunFiles.suite("one", "exit 1") + RunFiles.suite("two", "true"), "--hold");
      awaitSeen("The lab of one is kept.", "warren shell test-p-server/www", "lets the run go on.");
      tmux("send-keys", "Enter");
      awaitSeen("ended with 1");
      assertThat(folder.resolve("st/suites/two.log")).exists();
    }

    private void type(String plan, String... options) throws Exception {
      Path script =
          Files.writeString(
              folder.resolve("script"), line(plan, options) + "\necho ended with $?\n");
      tmux("send-keys", "clear; . " + script, "Enter");
    }

    private void awaitSeen(String... texts) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(seen()).contains(texts));
    }

    private String seen() throws Exception {
      return tmux("capture-pane", "-p");
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
      List<String> command = new ArrayList<>(tmux);
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "TERM", "xterm", "NO_COLOR", ""));
      builder.environment().remove("TMUX");
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output;
    }
  }

  /** A command line for a shell, with what the launcher says of a terminal. */
  private String line(String plan, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(warren.inAnotherJvm(RunFiles.command(folder, plan, options)).command());
    command.add(command.indexOf("-cp"), "-Dwarren.terminal=1");
    return command.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
