package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.warren.lab.seccomp.ContainerPlace;
import dev.warren.lab.seccomp.SeccompProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The templates in examples/ci/. bench/ci-templates.sh runs their commands. */
class CiTemplatesTest {
  private static final Path TEMPLATES =
      Path.of("").toAbsolutePath().resolveSibling("examples").resolve("ci");

  private static final String WARREN = "./warren ";

  @ParameterizedTest
  @ValueSource(strings = {".gitlab-ci.yml", "github-workflow.yml", "kubernetes-job.yaml"})
  void everyCommandIsOneWithOptionsThatExist(String template) throws Exception {
    List<String> commands = commands(template);

    assertThat(commands).anyMatch(command -> command.contains(" test --shard"));
    for (String command : commands) {
      assertThatCode(
              () ->
                  CommandLineFactory.create(Surroundings.ofThisProcess())
                      .parseArgs(words(command.substring(WARREN.length()))))
          .as(command)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void theRunnersSettingsHaveTheProfileAsItIs() throws Exception {
    String option =
        ContainerPlace.GITLAB
            .snippet(SeccompProfile.own(), "warren seccomp")
            .lines()
            .filter(line -> line.contains("security_opt"))
            .findFirst()
            .orElseThrow();

    assertThat(Files.readString(TEMPLATES.resolve("runner-config.toml"))).contains(option.strip());
  }

  @Test
  void thePageOfTheExamplesNamesThem() throws Exception {
    assertThat(Files.readString(TEMPLATES.resolveSibling("README.md"))).contains("(ci/)");
  }

  private static List<String> commands(String template) throws IOException {
    Load load = new Load(LoadSettings.builder().build());
    List<String> texts = new ArrayList<>();
    collect(load.loadFromString(Files.readString(TEMPLATES.resolve(template))), texts);
    return texts.stream()
        .flatMap(String::lines)
        .map(String::strip)
        .filter(line -> line.startsWith(WARREN))
        .toList();
  }

  /** All texts in a document, whatever they are for. */
  private static void collect(Object node, List<String> texts) {
    switch (node) {
      case Map<?, ?> mapping -> mapping.values().forEach(value -> collect(value, texts));
      case List<?> list -> list.forEach(value -> collect(value, texts));
      case String text -> texts.add(text);
      default -> {}
    }
  }

  private static String[] words(String command) {
    return Arrays.stream(command.split(" +"))
        .map(word -> word.replace("\"", ""))
        .toArray(String[]::new);
  }
}
