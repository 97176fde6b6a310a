package dev.warren.cli;

import dev.warren.lab.control.ControlClient;
import dev.warren.lab.control.LabAnswer;
import dev.warren.lab.control.LabRequest;
import dev.warren.lab.control.RunningHost;
import dev.warren.lab.control.RunningLab;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what a command is about among the labs that run, and asks it. */
final class Targets {
  private final Surroundings surroundings;

  Targets(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * A host of a running lab.
   *
   * @param name as the lab has it
   */
  record OfHost(RunningLab lab, String name) {}

  /** The lab of that name; the only one that runs when there is no name. */
  RunningLab lab(Optional<String> name) throws IOException, CommandException {
    List<RunningLab> labs = surroundings.labs().list();
    if (labs.isEmpty()) {
      throw new CommandException(ExitCode.FAILED, "no lab is running: `warren up FILE` starts one");
    }
    if (name.isPresent()) {
      return labs.stream()
          .filter(lab -> lab.name().equals(name.get()))
          .findFirst()
          .orElseThrow(
              () ->
                  new CommandException(
                      ExitCode.FAILED,
                      "no lab \"%s\" is running, only %s".formatted(name.get(), names(labs))));
    }
    if (labs.size() > 1) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "several labs are running, say which: " + names(labs));
    }
    return labs.getFirst();
  }

  /** The host that is meant by {@code [LAB/]HOST}. */
  OfHost host(String text) throws IOException, CommandException {
    int slash = text.indexOf('/');
    String name = text.substring(slash + 1);
    if (slash >= 0) {
      RunningLab lab = lab(Optional.of(text.substring(0, slash)));
      return new OfHost(lab, nameIn(lab, name));
    }
    List<RunningLab> labs = surroundings.labs().list();
    List<RunningLab> having = labs.stream().filter(lab -> find(lab, name).isPresent()).toList();
    if (having.size() > 1) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          "several labs have a host \"%s\", say LAB/%s: %s".formatted(name, name, names(having)));
    }
    RunningLab lab = having.isEmpty() ? lab(Optional.empty()) : having.getFirst();
    return new OfHost(lab, nameIn(lab, name));
  }

  /**
   * The lab and the rest of {@code [LAB/]NETWORK} or {@code [LAB/]HOST:INTERFACE}; the lab itself
   * knows best whether it has that.
   */
  OfHost named(String text) throws IOException, CommandException {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      return new OfHost(lab(Optional.of(text.substring(0, slash))), text.substring(slash + 1));
    }
    List<RunningLab> having =
        surroundings.labs().list().stream().filter(lab -> has(lab, text)).toList();
    if (having.size() > 1) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          "several labs have \"%s\", say LAB/%s: %s".formatted(text, text, names(having)));
    }
    return new OfHost(having.isEmpty() ? lab(Optional.empty()) : having.getFirst(), text);
  }

  private static boolean has(RunningLab lab, String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    // The first is the root, whose interfaces are the networks.
    return find(lab, name).isPresent()
        || lab.hosts().stream().limit(1).anyMatch(root -> root.interfaces().contains(name));
  }

  private static Optional<String> find(RunningLab lab, String name) {
    return lab.hosts().stream()
        .map(RunningHost::name)
        .filter(one -> one.equalsIgnoreCase(name))
        .findFirst();
  }

  private static String nameIn(RunningLab lab, String name) throws CommandException {
    return find(lab, name)
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.FAILED,
                    "lab \"%s\" has no host \"%s\", only %s"
                        .formatted(
                            lab.name(),
                            name,
                            lab.hosts().stream()
                                .map(RunningHost::name)
                                .collect(Collectors.joining(", ")))));
  }

  private static String names(List<RunningLab> labs) {
    return labs.stream().map(RunningLab::name).collect(Collectors.joining(", "));
  }

  /** Asks a lab something; what it refuses is the command's failure. */
  LabAnswer ask(RunningLab lab, LabRequest request) throws IOException, CommandException {
    try (ControlClient client = ControlClient.connect(lab)) {
      return checked(client.ask(request));
    }
  }

  /** Lets a lab do something, and prints what it did. */
  void tell(RunningLab lab, LabRequest request) throws IOException, CommandException {
    if (ask(lab, request) instanceof LabAnswer.Done done) {
      surroundings.out().println(done.message());
    }
  }

  /** Passes an answer on, unless it is a failure. */
  static LabAnswer checked(LabAnswer answer) throws CommandException {
    if (answer instanceof LabAnswer.Failure failure) {
      throw new CommandException(
          failure.badInput() ? ExitCode.BAD_INPUT : ExitCode.FAILED, failure.message());
    }
    return answer;
  }
}
