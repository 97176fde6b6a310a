package dev.warren.cli;

import dev.warren.lab.description.Isolation;
import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.build.BuildTree;
import dev.warren.selftest.plan.PlanReader;
import dev.warren.selftest.plan.PlanSource;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where testenvs and plans are: the folder {@code catalogue/NAME} of the checkout, or any other.
 */
final class CatalogueFolder {
  /** What {@code warren testenv} takes when it is told none. */
  static final String DEFAULT = "samba";

  /** The plan that a build tree brings along. */
  static final String TREE_PLAN = "tree";

  static final String KNOWN_FAILURES = ".knownfail";
  static final String FLAPPING = ".flapping";
  static final String SKIP = ".skip";
  static final String QUICK = ".quick";

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
   * @param tree the folder of a build tree whose programs hosts are to use
   * @param isolation what is to make hosts private
   * @throws BadInputException with all its mistakes, and those of the tree
   */
  Catalogue read(String nameOrPath, Optional<Path> tree, Isolation isolation)
      throws BadInputException, CommandException {
    Path folder =
        nameOrPath.contains("/") ? Path.of(nameOrPath).toAbsolutePath() : base.resolve(nameOrPath);
    if (!Files.isDirectory(folder)) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "no catalogue \"%s\": %s is no folder".formatted(nameOrPath, folder));
    }
    return CatalogueReader.read(folder, tree, isolation);
  }

  /**
   * A plan and the catalogue that its testenvs are in.
   *
   * @param source the plan
   * @param name of the plan, to call a run by
   * @param catalogue by name or path
   * @param tree whose own plan it is
   */
  record PlanChoice(PlanSource source, String name, String catalogue, Optional<BuildTree> tree) {
    PlanChoice(PlanSource source, String name, String catalogue) {
      this(source, name, catalogue, Optional.empty());
    }

    /**
     * A list beside the plan: the same name with another ending. A command has none, a build tree
     * its own.
     */
    List<Path> beside(String ending) {
      if (tree.isPresent()) {
        BuildTree.Lists lists = tree.get().lists();
        return switch (ending) {
          case KNOWN_FAILURES -> lists.expectedFailures();
          case FLAPPING -> lists.flapping();
          case SKIP -> lists.skip();
          case QUICK -> lists.quick();
          default -> List.of();
        };
      }
      return switch (source) {
        case PlanSource.File(Path file) -> {
          Path list = file.resolveSibling(name + ending);
          yield Files.exists(list) ? List.of(list) : List.of();
        }
        case PlanSource.Output _ -> List.of();
      };
    }
  }

  /** The plan of a build tree. */
  static PlanChoice plan(BuildTree tree, String catalogue) throws CommandException {
    String command =
        tree.plan()
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.BAD_INPUT,
                        "the catalogue \"%s\" does not say how a build tree prints its plan: build-tree has no key \"plan\""
                            .formatted(catalogue)));
    return new PlanChoice(new PlanSource.Output(command), TREE_PLAN, catalogue, Optional.of(tree));
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
