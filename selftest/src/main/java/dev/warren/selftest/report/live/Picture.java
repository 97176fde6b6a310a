package dev.warren.selftest.report.live;

import dev.warren.selftest.report.TimeWords;
import dev.warren.selftest.report.live.Line.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The lines that show how far a run is: the totals, then what is at work, each with its time. */
final class Picture {
  /** So many things at work are shown; of others only how many they are. */
  private static final int MOST = 8;

  private final TimeLeft timeLeft;

  Picture(TimeLeft timeLeft) {
    this.timeLeft = timeLeft;
  }

  /** The lines at this time. */
  List<Line> of(RunProgress progress, Instant now) {
    List<Line> work = new ArrayList<>();
    progress
        .message()
        .flatMap(message -> message.lines().findFirst())
        .ifPresent(message -> work.add(Line.of("         ").plus(message, Style.PLAIN)));
    for (RunProgress.SetUp setUp : progress.setUps()) {
      work.add(
          time(setUp.start(), now)
              .plus("setting up " + setUp.testenv(), Style.CYAN)
              .plus(setUp.step().map(step -> ": " + step).orElse(""), Style.PLAIN)
              .plus(lab(progress, setUp.lab()), Style.FAINT));
    }
    for (RunProgress.RunningSuite suite : progress.suites()) {
      work.add(
          time(suite.start(), now)
              .plus(suite.suite().name(), Style.BOLD)
              .plus(lab(progress, suite.lab()), Style.FAINT)
              .plus(suite.test().map(test -> "  " + test).orElse(""), Style.PLAIN));
    }
    List<Line> lines = new ArrayList<>();
    lines.add(totals(progress, now));
    lines.addAll(work.subList(0, Math.min(MOST, work.size())));
    if (work.size() > MOST) {
      lines.add(Line.of("         and %d more".formatted(work.size() - MOST)));
    }
    return lines;
  }

  private Line totals(RunProgress progress, Instant now) {
    int failed = progress.tally().badSuites().size();
    Line line =
        Line.of("")
            .plus(
                "%d of %d suites".formatted(progress.suitesDone(), progress.tally().planned()),
                Style.BOLD);
    if (failed > 0) {
      line = line.plus(", ", Style.PLAIN).plus(failed + " failed", Style.RED);
    }
    line =
        line.plus(
            ", %d tests, %s"
                .formatted(
                    progress.tally().tests().total(),
                    TimeWords.clock(progress.tally().elapsed(now))),
            Style.PLAIN);
    Line known = line;
    return timeLeft
        .of(progress, now)
        .filter(_ -> progress.suitesDone() < progress.tally().planned())
        .map(left -> known.plus(", about %s left".formatted(TimeWords.clock(left)), Style.PLAIN))
        .orElse(known);
  }

  private static Line time(Instant start, Instant now) {
    Duration time = Duration.between(start, now);
    return Line.of("%7s  ".formatted(TimeWords.clock(time.isNegative() ? Duration.ZERO : time)));
  }

  private static String lab(RunProgress progress, String lab) {
    return progress.hasSeveralLabs() ? " [" + lab + "]" : "";
  }
}
