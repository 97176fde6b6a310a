package dev.warren.cli;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.Link;
import dev.warren.lab.Shortcomings;
import dev.warren.lab.control.Registration;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.control.Supervision;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.file.LabFile;
import dev.warren.lab.plan.Operation;
import dev.warren.lab.software.PackageSource;
import dev.warren.lab.software.Software;
import dev.warren.lab.software.SoftwareChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes a lab and keeps it. */
final class UpCommand implements Callable<Integer>, Described {
  private final Surroundings surroundings;

  private final PositionalParamSpec file =
      PositionalParamSpec.builder()
          .paramLabel("FILE")
          .index("0")
          .arity("1")
          .required(true)
          .type(Path.class)
          .description("Describes the lab (YAML).")
          .build();

  private final OptionSpec detach =
      OptionSpec.builder("-d", "--detach")
          .initialValue(false)
          .description("Return when the lab is ready; it runs until `warren down`.")
          .build();

  private final OptionSpec name =
      OptionSpec.builder("-n", "--name")
          .paramLabel("NAME")
          .type(String.class)
          .description("Call the lab so, whatever the file says.")
          .build();

  private final OptionSpec dryRun =
      OptionSpec.builder("--dry-run")
          .initialValue(false)
          .description("Print the steps instead of taking them.")
          .build();

  private final OptionSpec software =
      OptionSpec.builder("--software")
          .paramLabel("FROM")
          .type(SoftwareChoice.class)
          .defaultValue("auto")
          .description(
              "Where the hosts' packages come from: packages (fetched, and shown to the hosts only),"
                  + " installed (what this machine has), or auto, which fetches what is not installed."
                  + " Default: ${DEFAULT-VALUE}")
          .build();

  private final OptionSpec isolation = IsolationOption.spec();

  UpCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public CommandSpec describe() {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(this)
            .name("up")
            .addPositional(file)
            .addOption(detach)
            .addOption(name)
            .addOption(dryRun)
            .addOption(software)
            .addOption(isolation);
    spec.usageMessage()
        .description(
            "Make the lab that a file describes, and keep it until Ctrl-C or `warren down`.",
            "",
            "When Warren ends, however it ends, nothing is left of the lab.")
        .footerHeading("%nExamples:%n")
        .footer(
            "  warren up examples/three-hosts.yaml            keeps the terminal until Ctrl-C",
            "  warren up --detach examples/three-hosts.yaml   returns when the lab is ready",
            "  warren up --dry-run examples/three-hosts.yaml  only says what it would do");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    LabDescription description = named(LabFile.read(file.getValue()));
    if (dryRun.<Boolean>getValue()) {
      for (Operation step : Lab.plan(description, LabSettings.in(Path.of("STATE")))) {
        surroundings.out().println(step.describe());
      }
      return ExitCode.OK;
    }
    if (detach.<Boolean>getValue() && surroundings.launcher().isEmpty()) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "--detach is the launcher's: start Warren by its launcher, `warren`");
    }
    Isolation chosen =
        IsolationOption.choose(isolation.getValue(), description, packages(), surroundings);
    RunningLabs labs = surroundings.labs();
    EndSignal end = EndSignal.install();
    int code = ExitCode.FAILED;
    try (Registration registration = labs.register(description.name());
        Lab lab = Lab.start(description, settings(registration).withIsolation(chosen));
        Supervision _ = Supervision.of(registration, lab, surroundings.userNamespace())) {
      if (end.isAsked()) {
        code = ExitCode.INTERRUPTED;
      } else {
        announce(lab, registration);
        code = ExitCode.OK;
        end.await();
      }
    } finally {
      end.complete(code);
    }
    return code;
  }

  private LabSettings settings(Registration registration) {
    return LabSettings.in(registration.stateDirectory())
        .withHidden(List.of(registration.runtimeDirectory()))
        .withPackages(packages());
  }

  private PackageSource packages() {
    return new Software(surroundings.cache(), surroundings.err()::println)
        .source(software.getValue());
  }

  private LabDescription named(LabDescription description) throws CommandException {
    String wanted = name.getValue();
    if (wanted == null) {
      return description;
    }
    try {
      return description.withName(wanted);
    } catch (IllegalArgumentException refused) {
      throw new CommandException(ExitCode.BAD_INPUT, "--name: " + refused.getMessage());
    }
  }

  /**
   * @throws IOException when the launcher, and so whoever asked for the lab, is gone
   */
  private void announce(Lab lab, Registration registration) throws IOException {
    String name = lab.description().name();
    String ready =
        "Lab %s is up: %s; root host \"%s\"%s."
            .formatted(name, hosts(lab), lab.root().name(), seed(lab));
    Optional<String> less = Shortcomings.of(lab).line();
    if (surroundings.launcher().isPresent()) {
      Launcher launcher = surroundings.launcher().get();
      launcher.moveLog(registration.lab().log());
      if (less.isPresent()) {
        launcher.warn(less.get());
      }
      launcher.say(ready + " End it with `warren down " + name + "`.");
      launcher.exit(ExitCode.OK);
    } else {
      less.ifPresent(surroundings.err()::println);
      surroundings.out().println(ready + " Ctrl-C ends it.");
    }
  }

  /** Where chance may be at work. */
  private static String seed(Lab lab) throws IOException {
    for (Host host : lab.hosts()) {
      for (Link link : host.links()) {
        if (!lab.conditions(host.name(), link.number()).conditions().isPerfect()) {
          return "; seed " + lab.seed();
        }
      }
    }
    return "";
  }

  private static String hosts(Lab lab) {
    String names = lab.hosts().stream().map(Host::name).collect(Collectors.joining(", "));
    return switch (lab.hosts().size()) {
      case 0 -> "no hosts";
      case 1 -> "host " + names;
      default -> "hosts " + names;
    };
  }
}
