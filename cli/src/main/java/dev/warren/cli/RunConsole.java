package dev.warren.cli;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.process.WindowSize;
import dev.warren.selftest.choice.Durations;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.report.ConsoleReport;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.live.LiveReport;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a run is told: on a terminal as a display, else in lines. What anybody else in this JVM
 * prints meanwhile passes above the display.
 */
final class RunConsole implements AutoCloseable {
  private static final WindowSize USUAL = new WindowSize(24, 80);
  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;

  private final RunListener listener;
  private final Consumer<String> lines;
  private final Optional<LiveReport> live;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  private RunConsole(RunListener listener, Consumer<String> lines, Optional<LiveReport> live) {
    this.listener = listener;
    this.lines = lines;
    this.live = live;
  }

  /**
   * Opens it.
   *
   * @param plan the suites of the run
   * @param jobs how many run at a time
   */
  static RunConsole open(Surroundings surroundings, Plan plan, Durations expected, int jobs) {
    if (!surroundings.movesCursor()) {
      Consumer<String> lines = surroundings.out()::println;
      return new RunConsole(new ConsoleReport(lines), lines, Optional.empty());
    }
    surroundings.out().flush();
    LiveReport live =
        new LiveReport(
            new LiveReport.Terminal(
                RunConsole::send,
                () -> WindowSize.of(Kernel.real(), STANDARD_OUTPUT).orElse(USUAL),
                surroundings.colours()),
            plan.suites(),
            expected,
            jobs);
    RunConsole console = new RunConsole(live, live::above, Optional.of(live));
    System.setOut(new PrintStream(new Lines(live::above), true, StandardCharsets.UTF_8));
    if (WindowSize.of(Kernel.real(), STANDARD_ERROR).isPresent()) {
      System.setErr(new PrintStream(new Lines(live::above), true, StandardCharsets.UTF_8));
    }
    return console;
  }

  /** In one write, past everything that buffers. */
  private static void send(String text) {
    try {
      // Not closed: it is the process's.
      new FileOutputStream(FileDescriptor.out).write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      // Nobody looks any more; the run and its reports go on.
    }
  }

  /** Is told what happens in the run. */
  RunListener listener() {
    return listener;
  }

  /** Prints a line, or several. */
  void say(String text) {
    lines.accept(text);
  }

  /** Leaves the terminal to somebody else. */
  void pause() {
    live.ifPresent(LiveReport::pause);
  }

  /** Takes it back. */
  void resume() {
    live.ifPresent(LiveReport::resume);
  }

  /** Takes the display away. */
  @Override
  public void close() {
    if (live.isPresent()) {
      System.out.flush();
      System.err.flush();
      System.setOut(out);
      System.setErr(err);
      live.get().close();
    }
  }

  /** Hands on what is printed, a line at a time. */
  private static final class Lines extends OutputStream {
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private Lines(Consumer<String> lines) {
      this.lines = lines;
    }

    @Override
    public synchronized void write(int b) {
      if (b == '\n') {
        lines.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(b);
      }
    }
  }
}
