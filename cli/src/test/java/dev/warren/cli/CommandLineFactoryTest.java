package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineFactoryTest {
  private final Surroundings surroundings = Surroundings.ofThisProcess();
  private final Set<String> all = CommandLineFactory.create(surroundings).getSubcommands().keySet();

  @Test
  void aCommandIsMadeAlone() {
    for (String name : all) {
      if (!name.equals("help") && !name.equals("completion")) {
        assertThat(names(name, "--help")).containsExactly(name);
      }
    }
  }

  @Test
  void whatBeginsOtherwiseKnowsAllCommands() {
    for (String first : List.of("--help", "--trace", "help", "completion", "upp", "")) {
      assertThat(names(first)).isEqualTo(all);
    }
    assertThat(CommandLineFactory.create(surroundings, List.of()).getSubcommands().keySet())
        .isEqualTo(all);
  }

  @Test
  void eachCommandHasTheNameThatItIsFoundBy() {
    CommandLineFactory.create(surroundings)
        .getSubcommands()
        .forEach((name, command) -> assertThat(command.getCommandName()).isEqualTo(name));
  }

  @Test
  void aCommandThatIsMadeAloneShowsTheSameHelp() {
    CommandLine whole = CommandLineFactory.create(surroundings);
    for (String name : all) {
      CommandLine alone = CommandLineFactory.create(surroundings, List.of(name));
      assertThat(help(alone, name)).isEqualTo(help(whole, name));
    }
  }

  private static String help(CommandLine line, String name) {
    return Objects.requireNonNull(line.getSubcommands().get(name)).getUsageMessage();
  }

  private Set<String> names(String... arguments) {
    return CommandLineFactory.create(surroundings, List.of(arguments)).getSubcommands().keySet();
  }
}
