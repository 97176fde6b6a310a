package dev.warren.cli;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The command without a subcommand: help and version. */
final class WarrenCommand implements Callable<Integer>, Described {
  private final OptionSpec trace =
      OptionSpec.builder("--trace")
          .scopeType(ScopeType.INHERIT)
          .initialValue(false)
          .description("Show where in Warren an error arose.")
          .build();

  @Override
  public CommandSpec describe() {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(this)
            .name("warren")
            .versionProvider(new Version())
            .addOption(trace)
            .addOption(
                OptionSpec.builder("--version")
                    .versionHelp(true)
                    .description("Show the version.")
                    .build());
    spec.usageMessage()
        .description(
            "Test hosts of their own out of Linux namespaces: no root, no Docker, no virtual machine.")
        .synopsisSubcommandLabel("COMMAND")
        .commandListHeading("%nCommands:%n")
        .footerHeading("%nExamples:%n")
        .footer(
            "  warren doctor                            what this machine allows",
            "  warren up --detach examples/three-hosts.yaml",
            "  warren exec a -- ping -c1 c              a command in a host",
            "  warren down                              nothing is left",
            "  warren test samba/quick                  Samba's own tests",
            "",
            "Exit codes: 0 all is well; 1 a test failed or something could not be done; 2 wrong arguments,",
            "or mistakes in a file; exec and shell: those of the command.");
    return spec;
  }

  /** Whether an error is to be shown with where it arose. */
  boolean trace() {
    return trace.getValue();
  }

  /** What every command has; not inherited, for picocli's own commands bring theirs. */
  static CommandSpec helpOption() {
    return CommandSpec.create()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
  }

  @Override
  public Integer call() throws CommandException {
    throw new CommandException(ExitCode.BAD_INPUT, "no command given: see `warren --help`");
  }

  /** The version that the build wrote into the module. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version =
          Optional.ofNullable(WarrenCommand.class.getModule().getDescriptor())
              .flatMap(ModuleDescriptor::rawVersion)
              .orElse("(not packaged)");
      return new String[] {
        "warren " + version, "Java " + Runtime.version() + ", " + System.getProperty("java.home")
      };
    }
  }
}
