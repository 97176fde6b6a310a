package dev.warren.cli;

import dev.warren.lab.IsolationChoice;
import dev.warren.lab.NamespaceRefusal;
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
          + " which takes namespaces where they work. Default: ${DEFAULT-VALUE}";

  private IsolationOption() {}

  /** The option, for a command whose model is made by hand. */
  static OptionSpec spec() {
    return OptionSpec.builder(NAME)
        .paramLabel("HOW")
        .type(Isolation.class)
        .defaultValue("auto")
        .description(DESCRIPTION + ", which leaves it to the lab's file")
        .build();
  }

  /** Looks whether cwrap could take the place of namespaces. */
  @FunctionalInterface
  private interface Fallback {
    void check() throws IOException;
  }

  /**
   * Chooses for a lab, and tells of it when it is not what was hoped for.
   *
   * @param asked the option
   * @throws CommandException saying what refuses namespaces and what helps, where the lab cannot
   *     run without
   */
  static Isolation choose(
      Isolation asked, LabDescription lab, PackageSource packages, Surroundings surroundings)
      throws CommandException, IOException {
    return choose(
        lab.options().isolation(),
        asked,
        surroundings,
        () -> {
          WrappedNetwork.check(lab);
          var _ = CwrapLibraries.get(packages);
        });
  }

  /**
   * Chooses for labs whose testenvs say themselves whether they can be under cwrap.
   *
   * @param asked the option
   * @throws CommandException saying what refuses namespaces and what helps, where there are no labs
   */
  static Isolation choose(Isolation asked, PackageSource packages, Surroundings surroundings)
      throws CommandException, IOException {
    return choose(
        Isolation.AUTO,
        asked,
        surroundings,
        () -> {
          var _ = CwrapLibraries.get(packages);
        });
  }

  private static Isolation choose(
      Isolation described, Isolation asked, Surroundings surroundings, Fallback fallback)
      throws CommandException, IOException {
    Isolation wanted = IsolationChoice.wanted(described, asked);
    if (wanted == Isolation.CWRAP) {
      return wanted;
    }
    Optional<NamespaceRefusal> refusal = surroundings.refusal().or(NamespaceRefusal::find);
    if (refusal.isEmpty()) {
      return Isolation.NAMESPACES;
    }
    CommandException refused = refused(refusal.get());
    if (wanted == Isolation.NAMESPACES) {
      throw refused;
    }
    try {
      fallback.check();
    } catch (CwrapException nor) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s%nwarren: nor is cwrap of use: %s".formatted(refused.getMessage(), nor.getMessage()));
    }
    surroundings.warn(refusal.get().reason() + ": hosts run under cwrap");
    return Isolation.CWRAP;
  }

  private static CommandException refused(NamespaceRefusal refusal) {
    return new CommandException(
        ExitCode.FAILED,
        "%s, so there are no labs here%nwarren: %s; `warren doctor` has more"
            .formatted(refusal.reason(), refusal.remedy()));
  }
}
