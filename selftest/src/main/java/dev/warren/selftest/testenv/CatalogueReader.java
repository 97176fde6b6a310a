package dev.warren.selftest.testenv;

import dev.warren.lab.description.Isolation;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.Inheritance;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.YamlFile;
import dev.warren.selftest.build.BuildTree;
import dev.warren.selftest.testenv.SettingsReader.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a folder of testenv definitions: {@code catalogue.yaml}, and a file for each testenv. */
public final class CatalogueReader {
  private static final String SETTINGS = "catalogue.yaml";
  private static final String ENDING = ".yaml";

  /** What is not inherited says something about one definition, and not about its variants. */
  private static final Inheritance.Rules INHERITANCE =
      new Inheritance.Rules(
          "definition", "extends", Set.of("abstract", "summary", "aliases"), Set.of());

  private final Path folder;
  private final SoftwareKind software;
  private final Problems problems = new Problems();

  private CatalogueReader(Path folder, SoftwareKind software) {
    this.folder = folder;
    this.software = software;
  }

  /**
   * Reads and checks a catalogue as a whole.
   *
   * @throws BadInputException with all that is wrong in any of its files
   */
  public static Catalogue read(Path folder) throws BadInputException {
    return read(folder, Optional.empty());
  }

  /**
   * Reads and checks a catalogue as a whole.
   *
   * @param buildTree the folder of a build tree whose programs hosts are to use
   * @throws BadInputException with all that is wrong in any of its files, and with the tree
   */
  public static Catalogue read(Path folder, Optional<Path> buildTree) throws BadInputException {
    return read(folder, buildTree, Isolation.NAMESPACES);
  }

  /**
   * Reads and checks a catalogue as a whole.
   *
   * @param buildTree the folder of a build tree whose programs hosts are to use
   * @param isolation what is to make hosts private
   * @throws BadInputException with all that is wrong in any of its files, and with the tree
   */
  public static Catalogue read(Path folder, Optional<Path> buildTree, Isolation isolation)
      throws BadInputException {
    return new CatalogueReader(folder, SoftwareKind.of(buildTree, isolation)).read();
  }

  private Catalogue read() throws BadInputException {
    Map<String, MappingNode> written = new TreeMap<>();
    for (Path file : definitionFiles()) {
      String name = file.getFileName().toString();
      mapping(file)
          .ifPresent(node -> written.put(name.substring(0, name.length() - ENDING.length()), node));
    }
    Optional<MappingNode> file = mapping(folder.resolve(SETTINGS));
    Optional<BuildTree> tree = file.flatMap(node -> software.buildTree(node, problems));
    if (software.tree().isPresent()) {
      // With a tree that is none all else would look wrong, too.
      problems.throwIfAny();
    }
    Optional<SettingsReader> reader =
        file.map(node -> new SettingsReader(folder, software.settings(node), problems));
    Optional<Settings> settings = reader.flatMap(SettingsReader::read);
    Map<String, TestenvDefinition> testenvs =
        testenvs(written, reader.map(SettingsReader::inherited), settings);
    Catalogue catalogue = catalogue(settings, tree, testenvs, written.keySet());
    problems.throwIfAny();
    return catalogue;
  }

  private Map<String, TestenvDefinition> testenvs(
      Map<String, MappingNode> written,
      Optional<MappingNode> inherited,
      Optional<Settings> settings) {
    String network =
        settings.map(s -> s.network().name()).orElse(NetworkDescription.SELFTEST0.name());
    Map<String, TestenvDefinition> testenvs = new LinkedHashMap<>();
    Inheritance inheritance = new Inheritance(INHERITANCE, written, problems);
    for (String name : written.keySet()) {
      inheritance
          .merged(name)
          .map(node -> inherited.map(node::over).orElse(node))
          .flatMap(node -> new DefinitionReader(name, node, network, problems).read())
          .ifPresent(definition -> testenvs.put(name, definition));
    }
    return testenvs;
  }

  private Catalogue catalogue(
      Optional<Settings> read,
      Optional<BuildTree> tree,
      Map<String, TestenvDefinition> testenvs,
      Set<String> written)
      throws BadInputException {
    if (read.isEmpty()) {
      // Everything else is checked against the settings.
      throw new BadInputException(problems.list());
    }
    Settings settings = read.get();
    Catalogue catalogue =
        new Catalogue(
            folder.toAbsolutePath().normalize(),
            settings.summary(),
            settings.network(),
            settings.client(),
            settings.suiteFolder(),
            settings.suiteUmask(),
            settings.environment(),
            settings.none(),
            tree,
            testenvs);
    new CatalogueCheck(catalogue, written, problems).check();
    return catalogue;
  }

  private List<Path> definitionFiles() throws BadInputException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
          .filter(file -> !file.endsWith(SETTINGS))
          .sorted()
          .toList();
    } catch (IOException e) {
      problems.add(Position.of(folder.toString()), "this is no folder of testenvs");
      throw new BadInputException(problems.list());
    }
  }

  private Optional<MappingNode> mapping(Path file) {
    return YamlFile.read(file, problems)
        .map(node -> software.apply(Fields.of(node, problems).node(), problems));
  }
}
