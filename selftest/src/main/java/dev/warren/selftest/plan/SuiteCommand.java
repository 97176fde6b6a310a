package dev.warren.selftest.plan;

import java.util.Map;
import java.util.Optional;

/**
 * What a suite runs.
 *
 * @param shell the command for {@code bash -o pipefail -c}, without the last pipe into {@code
 *     filter-subunit} where {@code filter} is present
 * @param filter the pipe that was cut off
 * @param exitCounts whether the exit code of what is before the pipe counts
 */
public record SuiteCommand(String shell, Optional<FilterCall> filter, boolean exitCounts) {

  /** A command whose exit code counts. */
  public SuiteCommand(String shell, Optional<FilterCall> filter) {
    this(shell, filter, true);
  }

  /** Cuts a last pipe into {@code filter-subunit} off, where Warren can do its work. */
  public static SuiteCommand parse(String command) {
    int script = command.lastIndexOf("filter-subunit");
    for (int pipe = command.lastIndexOf('|', script);
        pipe > 0;
        pipe = command.lastIndexOf('|', pipe - 1)) {
      Optional<FilterCall> call = FilterCall.of(command.substring(pipe + 1));
      if (call.isPresent() && command.charAt(pipe - 1) != '|') {
        return new SuiteCommand(command.substring(0, pipe).stripTrailing(), call);
      }
    }
    return new SuiteCommand(command, Optional.empty());
  }

  /** The same for a shell without {@code pipefail}: its exit code is that of the filter alone. */
  SuiteCommand withoutPipefail() {
    return new SuiteCommand(shell, filter, filter.isEmpty());
  }

  /** What is to be done to the results, with the values of a suite's variables. */
  public FilterOptions filterOptions(Map<String, String> environment) {
    return filter.map(call -> call.expand(environment)).orElse(FilterOptions.NONE);
  }
}
