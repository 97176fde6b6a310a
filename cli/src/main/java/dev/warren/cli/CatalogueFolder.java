package dev.warren.cli;

import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where testenvs and plans are: the folder {@code catalogue/NAME} of the checkout, or any other.
 */
final class CatalogueFolder {
  /** What {@code warren testenv} takes when it is told none. */
  static final String DEFAULT = "samba";

  private static final String PLAN_ENDING = ".plan";

  private final Path base;

  CatalogueFolder(Path home) {
    this.base = home.resolve("catalogue");
  }

  /**
   * A catalogue by name, or by the path of its folder.
   *
   * @throws BadInputException with all its mistakes
   */
  Catalogue read(String nameOrPath) throws BadInputException, CommandException {
    Path folder =
        nameOrPath.contains("/") ? Path.of(nameOrPath).toAbsolutePath() : base.resolve(nameOrPath);
    if (!Files.isDirectory(folder)) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "no catalogue \"%s\": %s is no folder".formatted(nameOrPath, folder));
    }
    return CatalogueReader.read(folder);
  }

  /**
   * A plan and the catalogue that its testenvs are in.
   *
   * @param file the plan
   * @param name of the plan, to call a run by
   * @param catalogue by name or path
   */
  record PlanChoice(Path file, String name, String catalogue) {
    /** A list beside the plan: the same name with another ending. */
    List<Path> beside(String ending) {
      Path list = file.resolveSibling(name + ending);
      return Files.exists(list) ? List.of(list) : List.of();
    }
  }

  /** A plan by {@code CATALOGUE/NAME}, or by the path of its file. */
  PlanChoice plan(String nameOrPath, String catalogue) throws CommandException, IOException {
    Path file = Path.of(nameOrPath);
    if (nameOrPath.endsWith(PLAN_ENDING) || Files.isRegularFile(file)) {
      String fileName = file.getFileName().toString();
      int dot = fileName.lastIndexOf('.');
      return new PlanChoice(file, dot > 0 ? fileName.substring(0, dot) : fileName, catalogue);
    }
    int slash = nameOrPath.lastIndexOf('/');
    String folder = slash < 0 ? catalogue : nameOrPath.substring(0, slash);
    String name = nameOrPath.substring(slash + 1);
    Path known = base.resolve(folder).resolve("plans").resolve(name + PLAN_ENDING);
    if (!Files.isRegularFile(known)) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          "no plan \"%s\": give the path of a file, or one of %s"
              .formatted(nameOrPath, String.join(", ", names())));
    }
    return new PlanChoice(known, name, folder);
  }

  /** The plans of the checkout's catalogues. */
  private List<String> names() throws IOException {
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    try (Stream<Path> files = Files.find(base, 3, (_, attributes) -> attributes.isRegularFile())) {
      return files
          .map(file -> base.relativize(file).toString())
          .filter(file -> file.matches("[^/]+/plans/[^/]+\\.plan"))
          .map(file -> file.replace("/plans/", "/"))
          .map(file -> file.substring(0, file.length() - PLAN_ENDING.length()))
          .sorted()
          .toList();
    }
  }
}
