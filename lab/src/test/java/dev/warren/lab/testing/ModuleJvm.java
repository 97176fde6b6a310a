package dev.warren.lab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A second JVM that has Warren as modules, as the launcher's has, and runs a class of the tests.
 */
public final class ModuleJvm {
  /** What the lab's module requires besides Warren's own. */
  private static final Pattern REQUIRED =
      Pattern.compile(
          "(jmustache|commons-codec|commons-compress|commons-io|commons-lang3|dnsjava|slf4j-api"
              + "|snakeyaml-engine|jackson-.*)-[0-9].*[.]jar");

  private ModuleJvm() {}

  /**
   * The command line.
   *
   * @param modules Warren's that are to be there; of others nothing is on any path
   */
  public static List<String> command(Set<String> modules, Class<?> main, Object... arguments)
      throws URISyntaxException {
    List<String> path = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Optional<String> module = ofWarren(Path.of(entry));
      if (module.filter(modules::contains).isPresent()
          || REQUIRED.matcher(Path.of(entry).getFileName().toString()).matches()) {
        path.add(entry);
      } else if (module.isEmpty()) {
        others.add(entry);
      }
    }
    assertThat(path).as("modules of Warren").hasSizeGreaterThan(modules.size());
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dslf4j.internal.verbosity=ERROR",
                "--module-path",
                String.join(File.pathSeparator, path),
                "--add-modules",
                String.join(",", modules),
                "-cp",
                String.join(File.pathSeparator, others),
                main.getName()),
            Stream.of(arguments).map(Object::toString))
        .toList();
  }

  /** Its module, of a folder or jar that the build made; tests are none. */
  private static Optional<String> ofWarren(Path entry) {
    return Stream.of("lab", "linux")
        .filter(
            name ->
                entry.getFileName().toString().startsWith("warren-" + name + "-")
                    || isModuleFolder(entry, name))
        .map(name -> "dev.warren." + name)
        .findFirst();
  }

  private static boolean isModuleFolder(Path entry, String name) {
    return Files.exists(entry.resolve("module-info.class"))
        && Files.isDirectory(entry.resolve("dev/warren/" + name));
  }
}
