package dev.warren.cli;

import dev.warren.cli.completion.CompletionScript;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete warren's command line. */
@Command(
    name = "completion",
    description = {
      "Print a script by which a shell completes commands, options, files, and names: of running labs"
          + " and hosts, testenvs, plans and snapshots.",
      "",
      "It starts no JVM while you type: names are looked up in the folders of running labs, of this"
          + " Warren's catalogues and of snapshots. Print it again when Warren has moved."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(warren completion bash)",
      "  warren completion bash > ~/.local/share/bash-completion/completions/warren",
      "  warren completion zsh > ~/.zfunc/_warren         a folder of $fpath",
      "  warren completion fish > ~/.config/fish/completions/warren.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  private CompletionScript shell = CompletionScript.BASH;

  CompletionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    CommandSpec own = Optional.ofNullable(spec).orElseThrow();
    surroundings
        .out()
        .print(shell.of(own.root().commandLine(), new CatalogueFolder(surroundings.home()).base()));
    surroundings.out().flush();
    return ExitCode.OK;
  }
}
