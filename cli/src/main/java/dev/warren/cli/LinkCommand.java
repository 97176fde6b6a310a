package dev.warren.cli;

import dev.warren.lab.control.LabRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Cuts, mends and shows links. */
@Command(
    name = "link",
    synopsisSubcommandLabel = "(cut | mend | set | show)",
    description = {
      "Cut the links of a running lab, mend them, make them slow or lossy, and show how they are.",
      "",
      "A host whose link is cut sees no carrier, as when a cable is pulled; its addresses stay."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren link cut a veth30     one link",
      "  warren link cut a lan        the link to that network",
      "  warren link cut shop/a       all links of the host",
      "  warren link mend a",
      "  warren link set a --delay 20ms --loss 1%%",
      "  warren link show --json"
    })
final class LinkCommand implements Callable<Integer> {
  @Override
  public Integer call() throws CommandException {
    throw new CommandException(
        ExitCode.BAD_INPUT, "say what to do: cut, mend, set or show: see `warren link --help`");
  }

  /** Which link is meant. */
  static final class Choice {
    @Parameters(index = "0", paramLabel = "[LAB/]HOST", description = "The host.")
    private String host = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "INTERFACE",
        description = "Its interface, or the network that it leads to; default: all.")
    private @Nullable String link;

    String host() {
      return host;
    }

    Optional<String> link() {
      return Optional.ofNullable(link);
    }
  }

  /** {@code link cut}. */
  @Command(
      name = "cut",
      description = "Cut a link, or all links of a host.",
      footerHeading = "%nExamples:%n",
      footer = {"  warren link cut a veth30", "  warren link cut a"})
  static final class Cut implements Callable<Integer> {
    private final Targets targets;
    @Mixin private final Choice choice = new Choice();

    Cut(Surroundings surroundings) {
      this.targets = new Targets(surroundings);
    }

    @Override
    public Integer call() throws Exception {
      Targets.OfHost host = targets.host(choice.host);
      targets.tell(host.lab(), new LabRequest.CutLink(host.name(), choice.link()));
      return ExitCode.OK;
    }
  }

  /** {@code link mend}. */
  @Command(
      name = "mend",
      description = "Mend a link, or all links of a host.",
      footerHeading = "%nExamples:%n",
      footer = {"  warren link mend a veth30", "  warren link mend a"})
  static final class Mend implements Callable<Integer> {
    private final Targets targets;
    @Mixin private final Choice choice = new Choice();

    Mend(Surroundings surroundings) {
      this.targets = new Targets(surroundings);
    }

    @Override
    public Integer call() throws Exception {
      Targets.OfHost host = targets.host(choice.host);
      targets.tell(host.lab(), new LabRequest.MendLink(host.name(), choice.link()));
      return ExitCode.OK;
    }
  }
}
