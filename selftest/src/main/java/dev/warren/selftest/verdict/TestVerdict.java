package dev.warren.selftest.verdict;

import dev.warren.selftest.subunit.Outcome;
import java.util.Optional;

/**
 * What a test's result is worth.
 *
 * @param id the full id, with prefix and suffix
 * @param outcome after known failures
 * @param reason what the test said
 * @param note which known failure it is, where it is one
 */
public record TestVerdict(
    String id, Outcome outcome, Optional<String> reason, Optional<String> note) {

  /** What the test said and what is known about it, for a report. */
  public Optional<String> explanation() {
    return note.map(known -> reason.map(text -> text + "\n" + known).orElse(known))
        .or(() -> reason);
  }
}
