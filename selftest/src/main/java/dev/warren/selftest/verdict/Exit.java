package dev.warren.selftest.verdict;

import dev.warren.selftest.subunit.Outcome;
import java.time.Duration;
import java.util.Optional;

/** How a suite's command ended. */
public sealed interface Exit {

  /** By itself. */
  record Code(int code) implements Exit {}

  /** By a signal, its own or another's. */
  record Signal(int number) implements Exit {}

  /** It ran longer than it may, and was ended. */
  record TimeLimit(Duration limit) implements Exit {}

  /** The run was stopped from outside. */
  record Interrupted() implements Exit {}

  /** It was never started. */
  record NotStarted(String reason) implements Exit {}

  /** What it says by itself: a success, a failure, or an error where it did not end as it would. */
  default Outcome outcome() {
    return switch (this) {
      case Code(int code) -> code == 0 ? Outcome.SUCCESS : Outcome.FAILURE;
      case Signal _, TimeLimit _, Interrupted _, NotStarted _ -> Outcome.ERROR;
    };
  }

  /** Why it is no success; empty where it is one. */
  default Optional<String> explanation() {
    return switch (this) {
      case Code(int code) -> code == 0 ? Optional.empty() : Optional.of("Exit code was " + code);
      case Signal(int number) -> Optional.of("died with signal " + number);
      case TimeLimit limit ->
          Optional.of("ended after its time limit of %d s".formatted(limit.limit().toSeconds()));
      case Interrupted() -> Optional.of("ended because the run was stopped");
      case NotStarted(String reason) -> Optional.of(reason);
    };
  }

  /**
   * How a pipe ended whose last command ended with this code, which then counts: the code of this
   * one, and that it died as nobody read on, do not.
   */
  default Exit ofPipe(int last) {
    return switch (this) {
      case Code _, Signal _ -> new Code(last);
      case TimeLimit _, Interrupted _, NotStarted _ -> this;
    };
  }

  /**
   * What an exit code as {@link Process#exitValue()} gives it means: shells and Java report death
   * by a signal as 128 and the signal's number.
   */
  static Exit ofCode(int code) {
    // 64 is the kernel's _NSIG: above it no signal is.
    return code > 128 && code <= 128 + 64 ? new Signal(code - 128) : new Code(code);
  }
}
