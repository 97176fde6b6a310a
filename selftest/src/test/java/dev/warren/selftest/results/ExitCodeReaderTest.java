package dev.warren.selftest.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeReaderTest {

  @Test
  void makesOneTestOfTheSuite() {
    List<SubunitEvent> events = read("test: not one\n", Outcome.SUCCESS);
    assertThat(Readings.results(events)).containsExactly("success: the suite");
    assertThat(Readings.output(events)).containsExactly("test: not one");
    Readings.assertConsistent(events);
  }

  @Test
  void saysWithAFailureWhatWasPrintedLast() {
    assertThat(Readings.results(read("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n", Outcome.FAILURE)))
        .containsExactly("failure: the suite: Exit code was 1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11");
  }

  @Test
  void isAnErrorWhereTheCommandWasEnded() {
    assertThat(Readings.results(read("", Outcome.ERROR)))
        .containsExactly("error: the suite: Exit code was 1");
  }

  private static List<SubunitEvent> read(String output, Outcome end) {
    return Readings.events(
        ResultFormat.EXIT_CODE, Readings.bytes(output), 3, ResultFiles.NONE, end);
  }
}
