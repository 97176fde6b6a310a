package dev.warren.cli;

import dev.warren.lab.control.LabRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parts a network and heals it. */
@Command(
    name = "partition",
    description = {
      "Part a network of a running lab into groups of hosts, and heal it.",
      "",
      "Hosts of one group reach each other on the network, hosts of different groups do not.",
      "Hosts that no group names, the root too, are one more group."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren partition lan a,b c      a and b; c; the root and all others",
      "  warren partition lan a,root     a and the root; all others",
      "  warren partition shop/lan --heal"
    })
final class PartitionCommand implements Callable<Integer> {
  private final Targets targets;

  @Parameters(index = "0", paramLabel = "[LAB/]NETWORK", description = "The network.")
  private String network = "";

  @Parameters(
      index = "1",
      arity = "0..*",
      paramLabel = "GROUP",
      description = "Hosts that stay together, with commas between them.")
  private List<String> groups = List.of();

  @Option(names = "--heal", description = "Make the network whole.")
  private boolean heal;

  PartitionCommand(Surroundings surroundings) {
    this.targets = new Targets(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    if (heal != groups.isEmpty()) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "say the groups of hosts, or --heal: see `warren partition --help`");
    }
    Targets.OfHost named = targets.named(network);
    targets.tell(
        named.lab(),
        heal
            ? new LabRequest.Heal(named.name())
            : new LabRequest.Partition(
                named.name(), groups.stream().<Set<String>>map(PartitionCommand::hosts).toList()));
    return ExitCode.OK;
  }

  private static Set<String> hosts(String group) {
    Set<String> hosts = new TreeSet<>(List.of(group.split(",", -1)));
    hosts.remove("");
    return hosts;
  }
}
