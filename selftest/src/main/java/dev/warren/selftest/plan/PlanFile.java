package dev.warren.selftest.plan;

import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Plans as text. */
final class PlanFile {
  private PlanFile() {}

  /** The text of a file; empty, and reported, when it cannot be had. */
  static Optional<String> text(Path file, Problems problems) {
    Position whole = Position.of(file.toString());
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      problems.add(whole, "there is no such plan");
    } catch (MalformedInputException e) {
      problems.add(whole, "the plan is not UTF-8");
    } catch (IOException e) {
      problems.add(whole, "the plan cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }
}
