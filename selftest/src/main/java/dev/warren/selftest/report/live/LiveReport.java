package dev.warren.selftest.report.live;

import dev.warren.linux.process.WindowSize;
import dev.warren.selftest.choice.Durations;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.ConsoleReport;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Shows a run on a terminal: at the bottom what is set up and what runs now, the totals and the
 * time left; above it failures as they come, which stay; in the end what {@link ConsoleReport}
 * tells then.
 */
public final class LiveReport implements RunListener, AutoCloseable {
  /** So often it looks whether there is something new to show; nothing is sent when not. */
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final RunProgress progress = new RunProgress();
  private final ConsoleReport console;
  private final BottomLines screen;
  private final Picture picture;
  private final InstantSource clock;
  private final List<String> waiting = new ArrayList<>();
  private final Thread ticker;
  private boolean shown;
  private boolean paused;
  private boolean closed;

  /**
   * The terminal.
   *
   * @param out takes what is sent to it, and sends it at once
   * @param size the present size of its window
   * @param colours whether it shows them
   */
  public record Terminal(Consumer<String> out, Supplier<WindowSize> size, boolean colours) {}

  /**
   * Begins; nothing is shown before the run does.
   *
   * @param plan the suites of the run
   * @param jobs how many run at a time
   */
  public LiveReport(Terminal terminal, List<Suite> plan, Durations expected, int jobs) {
    this(terminal, plan, expected, jobs, InstantSource.system());
  }

  LiveReport(
      Terminal terminal, List<Suite> plan, Durations expected, int jobs, InstantSource clock) {
    this.screen = new BottomLines(terminal.out(), terminal.size(), terminal.colours());
    this.picture = new Picture(new TimeLeft(plan, expected, jobs));
    this.console = ConsoleReport.ofFailures(this::above);
    this.clock = clock;
    this.ticker = Thread.ofPlatform().daemon().name("warren-display").start(this::tick);
  }

  @Override
  public synchronized void on(RunEvent event) {
    progress.on(event);
    if (event instanceof RunEvent.RunFinished) {
      shown = false;
      screen.clear();
    } else {
      shown = true;
    }
    console.on(event);
  }

  /** Lets text pass above the display: one line, or several. */
  public synchronized void above(String text) {
    if (paused) {
      waiting.add(text);
    } else {
      screen.above(text);
    }
  }

  /** Leaves the terminal to somebody else; what comes meanwhile is shown after {@link #resume}. */
  public synchronized void pause() {
    screen.clear();
    paused = true;
  }

  /** Goes on. */
  public synchronized void resume() {
    paused = false;
    waiting.forEach(screen::above);
    waiting.clear();
  }

  private void tick() {
    try {
      while (draw()) {
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException end) {
      // Closed.
    }
  }

  /** Shows how it is now; false when it is closed. */
  synchronized boolean draw() {
    if (shown && !paused && !closed) {
      screen.show(picture.of(progress, clock.instant()));
    }
    return !closed;
  }

  /** Takes the display away; a second time does nothing. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (paused) {
        resume();
      }
      screen.clear();
    }
    ticker.interrupt();
  }
}
