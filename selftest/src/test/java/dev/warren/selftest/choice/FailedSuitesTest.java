package dev.warren.selftest.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.source.Problem;
import dev.warren.lab.source.Problems;
import dev.warren.selftest.choice.FailedSuites.Order;
import dev.warren.selftest.plan.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedSuitesTest {
  @TempDir Path folder;
  private final Problems problems = new Problems();

  @Test
  void thoseThatFailedRunAloneOrFirst() throws Exception {
    FailedSuites.update(folder, Set.of("c"), Set.of("a", "b", "d"));
    List<Suite> suites = Suites.named("a", "b", "c", "d");
    FailedSuites failed = FailedSuites.read(folder, problems).orElseThrow();

    assertThat(Suites.names(failed.of(suites, Order.ONLY))).containsExactly("c");
    assertThat(Suites.names(failed.of(suites, Order.FIRST))).containsExactly("c", "a", "b", "d");
  }

  @Test
  void aSuiteFailedUntilItPasses() throws Exception {
    FailedSuites.update(folder, Set.of("a", "b", "c"), Set.of());
    FailedSuites.update(folder, Set.of("b"), Set.of("a"));

    assertThat(folder.resolve("failed")).content().hasLineCount(2).contains("b\n", "c\n");
  }

  @Test
  void whereNoRunWasThereIsNoRecord() {
    assertThat(FailedSuites.read(folder, problems)).isEmpty();
    assertThat(problems.list())
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .contains("run the plan once without --failed");
  }

  @Test
  void aDamagedRecordIsReplaced() throws Exception {
    Files.write(folder.resolve("failed"), new byte[] {(byte) 0xff, 10});

    FailedSuites.update(folder, Set.of("a"), Set.of());

    assertThat(folder.resolve("failed")).hasContent("a");
  }
}
