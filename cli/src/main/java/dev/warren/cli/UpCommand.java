package dev.warren.cli;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.Link;
import dev.warren.lab.control.Registration;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.control.Supervision;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.file.LabFile;
import dev.warren.lab.plan.Operation;
import dev.warren.lab.software.Software;
import dev.warren.lab.software.SoftwareChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a lab and keeps it. */
@Command(
    name = "up",
    description = {
      "Make the lab that a file describes, and keep it until Ctrl-C or `warren down`.",
      "",
      "When Warren ends, however it ends, nothing is left of the lab."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren up examples/three-hosts.yaml            keeps the terminal until Ctrl-C",
      "  warren up --detach examples/three-hosts.yaml   returns when the lab is ready",
      "  warren up --dry-run examples/three-hosts.yaml  only says what it would do"
    })
final class UpCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "FILE", description = "Describes the lab (YAML).")
  private Path file = Path.of("");

  @Option(
      names = {"-d", "--detach"},
      description = "Return when the lab is ready; it runs until `warren down`.")
  private boolean detach;

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "Call the lab so, whatever the file says.")
  private @Nullable String name;

  @Option(names = "--dry-run", description = "Print the steps instead of taking them.")
  private boolean dryRun;

  @Option(
      names = "--software",
      paramLabel = "FROM",
      defaultValue = "auto",
      description =
          "Where the hosts' packages come from: packages (fetched, and shown to the hosts only),"
              + " installed (what this machine has), or auto, which fetches what is not installed."
              + " Default: ${DEFAULT-VALUE}")
  private SoftwareChoice software = SoftwareChoice.AUTO;

  UpCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    LabDescription description = named(LabFile.read(file));
    if (dryRun) {
      for (Operation step : Lab.plan(description, LabSettings.in(Path.of("STATE")))) {
        surroundings.out().println(step.describe());
      }
      return ExitCode.OK;
    }
    if (detach && surroundings.launcher().isEmpty()) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "--detach is the launcher's: start Warren by its launcher, `warren`");
    }
    RunningLabs labs = surroundings.labs();
    EndSignal end = EndSignal.install();
    int code = ExitCode.FAILED;
    try (Registration registration = labs.register(description.name());
        Lab lab = Lab.start(description, settings(registration));
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
    Software packages = new Software(surroundings.cache(), surroundings.err()::println);
    return LabSettings.in(registration.stateDirectory())
        .withHidden(List.of(registration.runtimeDirectory()))
        .withPackages(packages.source(software));
  }

  private LabDescription named(LabDescription description) throws CommandException {
    if (name == null) {
      return description;
    }
    try {
      return description.withName(name);
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
    if (surroundings.launcher().isPresent()) {
      Launcher launcher = surroundings.launcher().get();
      launcher.moveLog(registration.lab().log());
      launcher.say(ready + " End it with `warren down " + name + "`.");
      launcher.exit(ExitCode.OK);
    } else {
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
