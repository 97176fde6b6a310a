package dev.warren.cli;

import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.plan.PlanReader;
import dev.warren.selftest.plan.PlanSource;
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

  /** Samba's format, and Warren's own. */
  private static final List<String> PLAN_ENDINGS = List.of(".plan", PlanReader.YAML_ENDING);

  private final Path base;

  CatalogueFolder(Path home) {
    this.base = home.resolve("catalogue").toAbsolutePath().normalize();
  }

  /** Where the catalogues are that have names. */
  Path base() {
    return base;
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
   * @param source the plan
   * @param name of the plan, to call a run by
   * @param catalogue by name or path
   */
  record PlanChoice(PlanSource source, String name, String catalogue) {
    /** A list beside the plan: the same name with another ending. A command has none. */
    List<Path> beside(String ending) {
      return switch (source) {
        case PlanSource.File(Path file) -> {
          Path list = file.resolveSibling(name + ending);
          yield Files.exists(list) ? List.of(list) : List.of();
        }
        case PlanSource.Output _ -> List.of();
      };
    }
  }

  /** A plan by {@code CATALOGUE/NAME}, by the path of its file, or as {@code COMMAND|}. */
  PlanChoice plan(String nameOrPath, String catalogue) throws CommandException, IOException {
    return switch (PlanSource.of(nameOrPath)) {
      case PlanSource.Output output ->
          new PlanChoice(output, withoutEnding(program(output.command())), catalogue);
      case PlanSource.File file -> file(file, nameOrPath, catalogue);
    };
  }

  private PlanChoice file(PlanSource.File given, String nameOrPath, String catalogue)
      throws CommandException, IOException {
    if (PLAN_ENDINGS.stream().anyMatch(nameOrPath::endsWith) || Files.isRegularFile(given.path())) {
      return new PlanChoice(given, withoutEnding(given.path()), catalogue);
    }
    int slash = nameOrPath.lastIndexOf('/');
    String folder = slash < 0 ? catalogue : nameOrPath.substring(0, slash);
    String name = nameOrPath.substring(slash + 1);
    Path plans = base.resolve(folder).resolve("plans");
    for (String ending : PLAN_ENDINGS) {
      Path known = plans.resolve(name + ending);
      if (Files.isRegularFile(known)) {
        return new PlanChoice(new PlanSource.File(known), name, folder);
      }
    }
    throw new CommandException(
        ExitCode.BAD_INPUT,
        "no plan \"%s\": give the path of a file, or one of %s"
            .formatted(nameOrPath, String.join(", ", names())));
  }

  /** The program of a command, near enough for a name. */
  private static Path program(String command) {
    return Path.of(command.split("\\s", 2)[0]);
  }

  private static String withoutEnding(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** The plans of the checkout's catalogues. */
  private List<String> names() throws IOException {
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    try (Stream<Path> files = Files.find(base, 3, (_, attributes) -> attributes.isRegularFile())) {
      return files
          .map(file -> base.relativize(file).toString())
          .filter(file -> file.matches("[^/]+/plans/[^/]+\\.(plan|yaml)"))
          .map(file -> file.replace("/plans/", "/"))
          .map(file -> file.substring(0, file.lastIndexOf('.')))
          .sorted()
          .toList();
    }
  }
}
