package dev.warren.selftest.results;

import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads what a suite's command says of its tests, piece by piece as it arrives, and makes the same
 * events of every format.
 *
 * <p>The events are consistent whatever the bytes were: a test that finishes was started or is an
 * error (skips and errors may come unannounced), and a test that was started finishes. Results that
 * were cut off or damaged are errors. No input makes a reader throw. For one thread.
 */
public interface ResultReader {

  /** The next bytes that the command wrote. */
  void feed(byte[] bytes, int offset, int length);

  /**
   * The command ended: what is open ends as an error, and results that lie in files are read. To be
   * called once, after the last bytes.
   *
   * @param end what the command's end says by itself: a success, a failure, or an error
   * @param explanation why it is no success
   */
  void finish(Outcome end, Optional<String> explanation);

  /**
   * A reader that hands every event on at once, on the thread that feeds it.
   *
   * @param suite the suite's name, for results that are of no single test
   * @param files where the command leaves files of results
   */
  static ResultReader of(
      ResultFormat format, String suite, ResultFiles files, Consumer<? super SubunitEvent> events) {
    return switch (format) {
      case SUBUNIT -> new SubunitReader(events);
      case SUBUNIT2 -> new Subunit2Reader(events);
      case TAP -> new TapReader(suite, events);
      case JUNIT_XML -> new JUnitXmlReader(suite, files, InstantSource.system(), events);
      case EXIT_CODE -> new ExitCodeReader(suite, events);
    };
  }
}
