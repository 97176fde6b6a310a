package dev.warren.selftest.run;

import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.plan.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a suite's command run single tests only: {@code $LOADLIST} is then an option of it. */
final class PickedTests {
  private static final String LIST = "load-list";

  private PickedTests() {}

  /**
   * Writes the list of the suite's tests where they are to be picked, by the names that its command
   * knows them under, and sets the variable.
   *
   * @param files the lab's, as the suite sees them
   * @param folder the suite's own
   */
  static void prepare(Suite suite, LabFiles files, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    if (suite.tests().isEmpty() || suite.listing().isEmpty()) {
      return;
    }
    Path list = folder.resolve(LIST);
    List<String> ids = ownNames(suite.tests(), suite.command().filterOptions(environment));
    files.write(list, 0644, String.join("\n", ids) + "\n");
    environment.put("LOADLIST", "--load-list=" + list);
  }

  private static List<String> ownNames(List<String> ids, FilterOptions filter) {
    return ids.stream().map(filter::original).flatMap(Optional::stream).toList();
  }
}
