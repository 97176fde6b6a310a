package dev.warren.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * However long it goes on, nothing grows. Here for some seconds; {@code bench/soak.sh} lets the
 * same run for long.
 */
class LongLifeTest {
  @TempDir private Path state;

  /** {@code -Dwarren.soak.labs=N}: so many. */
  @Test
  void aThousandthLabTakesNoMoreThanTheTenth() throws Exception {
    String labs = System.getProperty("warren.soak.labs", "60");

    assertThat(FewNamespaces.run(ManyLabs.class, state, labs)).contains("flat");
  }

  /** {@code -Dwarren.soak.seconds=N}: so long; {@code -Dwarren.soak.rate=N}: MB/s of a stream. */
  @Test
  void aBusyLabWhoseLinksAreCutAgainAndAgainTakesNoMoreAsTimeGoesBy() throws Exception {
    int seconds = Integer.getInteger("warren.soak.seconds", 4);
    int every = Math.clamp(seconds / 60, 1, 60);
    String rate = System.getProperty("warren.soak.rate", "20");

    assertThat(FewNamespaces.run(BusyLab.class, state, seconds, every, rate)).contains("flat");
  }
}
