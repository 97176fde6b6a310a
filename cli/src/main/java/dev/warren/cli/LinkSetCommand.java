package dev.warren.cli;

import dev.warren.lab.control.LabRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code link set}: changes the conditions of links. */
@Command(
    name = "set",
    description = {
      "Make a link slow, far away or lossy; or all links of a host.",
      "",
      "What is not said stays as it is; a preset replaces all."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren link set a --delay 20ms --jitter 5ms --loss 1%%",
      "  warren link set a veth30 --to-host --rate 10Mbit/s --queue 64kB",
      "  warren link set shop/a lan --preset wifi --delay 50ms",
      "  warren link set a --clear"
    })
final class LinkSetCommand implements Callable<Integer> {
  private final Targets targets;
  @Mixin private final LinkCommand.Choice choice = new LinkCommand.Choice();

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "perfect, wan, wifi, dsl, 4g, 3g, satellite, modem or lossy.")
  private @Nullable String preset;

  @Option(names = "--rate", paramLabel = "RATE", description = "Bits a second: 10Mbit/s.")
  private @Nullable String rate;

  @Option(names = "--delay", paramLabel = "TIME", description = "Of each packet: 10ms.")
  private @Nullable String delay;

  @Option(
      names = "--jitter",
      paramLabel = "TIME",
      description = "By how much the delay differs: 2ms.")
  private @Nullable String jitter;

  @Option(names = "--loss", paramLabel = "PERCENT", description = "Packets that are lost: 1%%.")
  private @Nullable String loss;

  @Option(
      names = "--duplicate",
      paramLabel = "PERCENT",
      description = "Packets that come twice: 1%%.")
  private @Nullable String duplicate;

  @Option(
      names = "--reorder",
      paramLabel = "PERCENT",
      description = "Packets that overtake others: 1%%.")
  private @Nullable String reorder;

  @Option(
      names = "--corrupt",
      paramLabel = "PERCENT",
      description = "Packets with a wrong bit: 0.1%%.")
  private @Nullable String corrupt;

  @Option(
      names = "--queue",
      paramLabel = "SIZE",
      description = "How much may wait for the rate: 64kB.")
  private @Nullable String queue;

  @Option(names = "--clear", description = "Nothing stays of what holds now.")
  private boolean clear;

  @ArgGroup private final Direction direction = new Direction();

  /** At most one of them. */
  static final class Direction {
    @Option(names = "--to-host", description = "Only what the host receives.")
    private boolean toHost;

    @Option(names = "--from-host", description = "Only what the host sends.")
    private boolean fromHost;

    private Optional<String> key() {
      if (toHost) {
        return Optional.of("to-host");
      }
      return fromHost ? Optional.of("from-host") : Optional.empty();
    }
  }

  LinkSetCommand(Surroundings surroundings) {
    this.targets = new Targets(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    Map<String, String> values = values();
    if (values.isEmpty() && !clear) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          "say what shall hold, --delay 10ms for one, or --clear: see `warren link set --help`");
    }
    Targets.OfHost host = targets.host(choice.host());
    targets.tell(
        host.lab(),
        new LabRequest.SetConditions(host.name(), choice.link(), direction.key(), clear, values));
    return ExitCode.OK;
  }

  /** By the keys of a lab file. */
  private Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    put(values, "preset", preset);
    put(values, "rate", rate);
    put(values, "delay", delay);
    put(values, "jitter", jitter);
    put(values, "loss", loss);
    put(values, "duplicate", duplicate);
    put(values, "reorder", reorder);
    put(values, "corrupt", corrupt);
    put(values, "queue", queue);
    return values;
  }

  private static void put(Map<String, String> values, String key, @Nullable String value) {
    if (value != null) {
      values.put(key, value);
    }
  }
}
