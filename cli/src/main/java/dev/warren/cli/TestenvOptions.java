package dev.warren.cli;

import dev.warren.lab.description.Isolation;
import dev.warren.lab.software.PackageSource;
import dev.warren.lab.software.Software;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.backup.DomainBackup;
import dev.warren.selftest.build.BuildTree;
import dev.warren.selftest.run.LabOptions;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code test} and {@code testenv} have in common. */
final class TestenvOptions {
  @Option(
      names = "--catalogue",
      paramLabel = "NAME",
      defaultValue = CatalogueFolder.DEFAULT,
      description =
          "Where the testenvs are: a folder under catalogue/, or a path. Default: ${DEFAULT-VALUE}")
  String catalogue = CatalogueFolder.DEFAULT;

  @Option(
      names = "--software",
      paramLabel = "FROM",
      defaultValue = "auto",
      description =
          "Where programs come from: installed (what this machine has), packages (fetched, and shown"
              + " to the hosts only), or auto, which fetches what is not installed. Default:"
              + " ${DEFAULT-VALUE}")
  private SoftwareChoice software = SoftwareChoice.AUTO;

  @Option(
      names = "--results",
      paramLabel = "FOLDER",
      defaultValue = "st",
      description = "Where logs and results go. Default: ${DEFAULT-VALUE}")
  private Path results = Path.of("st");

  @Option(
      names = "--backup",
      paramLabel = "FILE",
      description =
          "The backup of a Samba domain, as `samba-tool domain backup` makes it, of which testenvs are"
              + " made that say so (customdc). It is only read.")
  private @Nullable Path backup;

  @Option(
      names = "--samba-tree",
      paramLabel = "FOLDER",
      description =
          "Use the programs, libraries and Python modules of a Samba that was built in this folder with"
              + " ./configure --enable-selftest, in place of packages.")
  private @Nullable Path sambaTree;

  @Option(
      names = IsolationOption.NAME,
      paramLabel = "HOW",
      defaultValue = "auto",
      description = IsolationOption.DESCRIPTION)
  private Isolation asked = Isolation.AUTO;

  private Optional<Isolation> isolation = Optional.empty();

  /** What makes hosts private, found out once. */
  private Isolation isolation(Surroundings surroundings) throws CommandException, IOException {
    if (isolation.isEmpty()) {
      PackageSource packages =
          new Software(surroundings.cache(), surroundings.err()::println).source(software);
      isolation = Optional.of(IsolationOption.choose(asked, packages, surroundings));
    }
    return isolation.get();
  }

  /** Where logs and results go. */
  Path results() {
    return results.toAbsolutePath().normalize();
  }

  /** Nothing is to run: nobody needs to know what would make hosts private. */
  void onlyFetch() {
    isolation = Optional.of(Isolation.NAMESPACES);
  }

  /** A catalogue to look at, for the software that was chosen. */
  Catalogue look(CatalogueFolder folder, String nameOrPath)
      throws BadInputException, CommandException {
    return folder.read(nameOrPath, Optional.ofNullable(sambaTree), Isolation.NAMESPACES);
  }

  /** A catalogue to make labs of, for the software and the isolation that were chosen. */
  Catalogue read(CatalogueFolder folder, String nameOrPath, Surroundings surroundings)
      throws BadInputException, IOException, CommandException {
    return folder.read(nameOrPath, Optional.ofNullable(sambaTree), isolation(surroundings));
  }

  /** The build tree, where one was chosen, as the catalogue of the options uses it. */
  Optional<BuildTree> buildTree(CatalogueFolder folder) throws BadInputException, CommandException {
    return sambaTree == null ? Optional.empty() : look(folder, catalogue).buildTree();
  }

  /**
   * The backup of which testenvs are to be made, checked: nothing has started yet.
   *
   * @param names the testenvs that are wanted
   * @throws CommandException when there is none and one is needed, when none is needed, and when it
   *     is none
   */
  private Optional<DomainBackup> backup(Catalogue testenvs, Collection<String> names)
      throws CommandException {
    List<TestenvDefinition> made =
        testenvs.withNeeds(names).stream().filter(TestenvDefinition::fromBackup).toList();
    if (backup == null) {
      if (!made.isEmpty()) {
        throw new CommandException(
            ExitCode.BAD_INPUT,
            "testenv %s is made from a backup of a domain: name one with --backup=FILE"
                .formatted(made.getFirst().name()));
      }
      return Optional.empty();
    }
    if (made.isEmpty()) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          "--backup: none of the testenvs (%s) is made from a backup; these are: %s"
              .formatted(
                  String.join(", ", names),
                  testenvs.testenvs().values().stream()
                      .filter(TestenvDefinition::fromBackup)
                      .map(TestenvDefinition::name)
                      .collect(Collectors.joining(", "))));
    }
    try {
      return Optional.of(DomainBackup.read(backup));
    } catch (IOException e) {
      throw new CommandException(ExitCode.BAD_INPUT, "--backup: " + e.getMessage());
    }
  }

  /**
   * Labs of these testenvs, with what they are made of.
   *
   * @param names the testenvs that are wanted
   * @param prefix what their names begin with; the testenv's follows
   */
  LabOptions labs(
      Catalogue testenvs, Collection<String> names, String prefix, Surroundings surroundings)
      throws IOException, CommandException {
    return labs(testenvs, prefix, surroundings).withBackup(backup(testenvs, names));
  }

  /**
   * Labs that other commands find as soon as they are there, and that take their requests.
   *
   * @param prefix what their names begin with; the testenv's follows
   */
  LabOptions labs(Catalogue testenvs, String prefix, Surroundings surroundings)
      throws IOException, CommandException {
    return LabOptions.of(
            testenvs,
            results(),
            surroundings.cache(),
            new RegisteredLabs(surroundings.labs(), prefix, surroundings.userNamespace()))
        .withSoftware(software)
        .withIsolation(isolation(surroundings));
  }
}
