package dev.warren.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whichever call of a lab's whole life fails, the error is clear, nothing is left and nothing
 * hangs. Here for some of them; {@code bench/faults.sh} lets every one fail, with several errors.
 */
class FaultTest {
  @TempDir private Path state;

  /**
   * {@code -Dwarren.faults.rounds=N}: so many errors for each call; {@code
   * -Dwarren.faults.every=N}: each so manieth call; {@code -Dwarren.seed=N}: as an earlier run.
   */
  @Test
  void whateverFailsTheErrorIsClearAndNothingIsLeft() throws Exception {
    int rounds = Integer.getInteger("warren.faults.rounds", 1);
    int every = Integer.getInteger("warren.faults.every", 35);
    long seed = Long.getLong("warren.seed", System.nanoTime() % 1_000_000);

    assertThat(FewNamespaces.run(FaultyLives.class, state, rounds, every, seed))
        .contains("nothing left in any case");
  }
}
