package dev.warren.cli;

import dev.warren.lab.source.Sizes;
import dev.warren.selftest.snapshot.SnapshotPolicy;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** What commands that set testenvs up do with snapshots. */
final class SnapshotOptions {
  /** The environment's variable that says how much is kept. */
  static final String LIMIT = "WARREN_SNAPSHOT_LIMIT";

  @Option(
      names = "--fresh",
      description = "Set testenvs up anew, though there are snapshots of them, and make new ones.")
  private boolean fresh;

  @Option(
      names = "--no-snapshots",
      description = "Neither start testenvs from snapshots nor make any.")
  private boolean off;

  /** What they do together. */
  SnapshotPolicy policy(Map<String, String> environment) throws CommandException {
    long limit = limit(environment);
    if (off && fresh) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "--fresh makes snapshots and --no-snapshots none: choose one");
    }
    if (off) {
      return SnapshotPolicy.OFF;
    }
    return fresh ? SnapshotPolicy.fresh(limit) : SnapshotPolicy.on(limit);
  }

  /** How many bytes of snapshots are kept. */
  static long limit(Map<String, String> environment) throws CommandException {
    String text = environment.getOrDefault(LIMIT, "");
    return text.isEmpty() ? SnapshotPolicy.DEFAULT_LIMIT : size(LIMIT, text);
  }

  /** An amount, as {@code 500MB} or {@code 2GiB}. */
  static long size(String name, String text) throws CommandException {
    OptionalLong bytes = Sizes.parse(text);
    if (bytes.isEmpty()) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          "%s: \"%s\" is no size: write 500MB, 2GiB or 0B".formatted(name, text));
    }
    return bytes.getAsLong();
  }
}
