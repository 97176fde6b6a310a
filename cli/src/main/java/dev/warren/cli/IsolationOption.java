package dev.warren.cli;

import dev.warren.lab.IsolationChoice;
import dev.warren.lab.cwrap.CwrapException;
import dev.warren.lab.cwrap.CwrapLibraries;
import dev.warren.lab.cwrap.WrappedNetwork;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.software.PackageSource;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** What makes hosts private, as the caller, the lab's file and the machine have it. */
final class IsolationOption {
  static final String NAME = "--isolation";
  static final String DESCRIPTION =
      "What makes hosts private: namespaces; cwrap, which has less and needs no permission; or auto,"
          + " which takes namespaces where they work. Default: what the lab's file says, else auto";

  private IsolationOption() {}

  /** The option, for a command whose model is made by hand. */
  static OptionSpec spec() {
    return OptionSpec.builder(NAME)
        .paramLabel("HOW")
        .type(Isolation.class)
        .defaultValue("auto")
        .description(DESCRIPTION)
        .build();
  }

  /**
   * Chooses, and tells of it when it is not what was hoped for.
   *
   * @param asked the option
   * @throws CommandException saying what refuses namespaces and what helps, where the lab cannot run
   *     without
   */
  static Isolation choose(
      Isolation asked, LabDescription lab, PackageSource packages, Surroundings surroundings)
      throws CommandException, IOException {
    Optional<Surroundings.Refusal> refusal = surroundings.refusal();
    IsolationChoice choice =
        IsolationChoice.of(
            lab.options().isolation(), asked, refusal.map(Surroundings.Refusal::reason));
    if (choice.isolation() == Isolation.NAMESPACES && refusal.isPresent()) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s, so there are no labs in namespaces here%nwarren: %s"
              .formatted(refusal.get().reason(), refusal.get().remedy()));
    }
    if (choice.reason().isPresent()) {
      String reason = choice.reason().get();
      String remedy = refusal.map(Surroundings.Refusal::remedy).orElse("`warren doctor` has more");
      try {
        WrappedNetwork.check(lab);
        var _ = CwrapLibraries.get(packages);
      } catch (CwrapException nor) {
        throw new CommandException(
            ExitCode.FAILED,
            "%s, so this lab cannot be here%nwarren: %s%nwarren: nor can it be under cwrap: %s"
                .formatted(reason, remedy, nor.getMessage()));
      }
      surroundings.warn(reason + ": hosts run under cwrap");
    }
    return choice.isolation();
  }
}
