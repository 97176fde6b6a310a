package dev.warren.cli;

import dev.warren.lab.control.ControlClient;
import dev.warren.lab.control.LabAnswer;
import dev.warren.lab.control.LabRequest;
import dev.warren.lab.control.RunningLab;
import dev.warren.lab.description.HostLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Shows what each host uses of the machine. */
@Command(
    name = "top",
    description = {
      "Show what each host of a running lab uses: processes, processor, memory, network.",
      "",
      "100 %% is one processor. A limit that a host has stands behind \"of\". Network is what came in and went out in a second."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren top           anew every second, until Ctrl-C",
      "  warren top --once",
      "  warren top shop --json"
    })
final class TopCommand implements Callable<Integer> {
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final double NANOS_A_MILLI = 1e6;
  private static final double NANOS_A_SECOND = 1e9;

  /** Clears a terminal and goes to its first line (ECMA-48: ED, CUP). */
  private static final String CLEAR = "\u001b[H\u001b[J";

  private final Surroundings surroundings;

  @Parameters(arity = "0..1", paramLabel = "LAB", description = "The lab; default: the only one.")
  private @Nullable String lab;

  @Option(names = "--once", description = "Measure for a second, print it, and end.")
  private boolean once;

  @Option(
      names = "--json",
      description =
          "Print once, as JSON: [{host, processes, cpuPercent, memory, limits: {processes, cpuPercent,"
              + " memory}, traffic: {INTERFACE: {received, sent}}}]; limits are those that the host has,"
              + " traffic is in bytes since the interface was made.")
  private boolean json;

  TopCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    RunningLab running = new Targets(surroundings).lab(Optional.ofNullable(lab));
    boolean goesOn = !once && !json && surroundings.colours();
    try (ControlClient client = ControlClient.connect(running)) {
      LabAnswer.UsageList before = usage(client);
      do {
        Thread.sleep(BETWEEN);
        LabAnswer.UsageList now = usage(client);
        print(before, now, goesOn);
        before = now;
      } while (goesOn);
    }
    return ExitCode.OK;
  }

  private static LabAnswer.UsageList usage(ControlClient client)
      throws IOException, CommandException {
    if (Targets.checked(client.ask(new LabRequest.Usage())) instanceof LabAnswer.UsageList list) {
      return list;
    }
    throw new IOException("the lab answered something else");
  }

  private record Line(
      String host,
      int processes,
      double cpuPercent,
      long memory,
      Map<String, Number> limits,
      Map<String, LabAnswer.Traffic> traffic) {}

  private void print(LabAnswer.UsageList before, LabAnswer.UsageList now, boolean clear) {
    double nanos = Math.max(1, now.nanos() - before.nanos());
    Map<String, LabAnswer.HostState> old =
        before.hosts().stream().collect(Collectors.toMap(LabAnswer.HostState::host, one -> one));
    List<Line> lines = new ArrayList<>();
    Table table = new Table(List.of("HOST", "PROCESSES", "CPU", "MEMORY", "NETWORK"));
    for (LabAnswer.HostState host : now.hosts()) {
      LabAnswer.HostState last = old.getOrDefault(host.host(), host);
      // Less than before: a process has ended, and its time with it.
      double used = Math.max(0, host.cpuMillis() - last.cpuMillis());
      double percent = Math.round(used * NANOS_A_MILLI / nanos * 1000) / 10.0;
      Map<String, Number> limits = limits(host.limits());
      lines.add(
          new Line(host.host(), host.processes(), percent, host.memory(), limits, host.traffic()));
      table.row(
          List.of(
              host.host(),
              host.processes() + of(limits.get("processes"), Number::toString),
              String.format(Locale.ROOT, "%.1f %%", percent)
                  + of(limits.get("cpuPercent"), most -> most + " %"),
              Amounts.bytes(host.memory())
                  + of(limits.get("memory"), most -> Amounts.bytes(most.longValue())),
              network(last, host, nanos / NANOS_A_SECOND)));
    }
    if (json) {
      surroundings
          .out()
          .println(
              JsonMapper.builder()
                  .build()
                  .writerWithDefaultPrettyPrinter()
                  .writeValueAsString(lines));
    } else {
      surroundings.out().print((clear ? CLEAR : "") + table);
      surroundings.out().flush();
    }
  }

  /** What is limited, in the units and by the names of what is used. */
  private static Map<String, Number> limits(HostLimits limits) {
    Map<String, Number> found = new LinkedHashMap<>();
    limits.processes().ifPresent(count -> found.put("processes", count));
    limits.cpu().ifPresent(processors -> found.put("cpuPercent", Math.round(processors * 100)));
    limits.memory().ifPresent(bytes -> found.put("memory", bytes));
    return found;
  }

  private static String of(@Nullable Number limit, Function<Number, String> text) {
    return limit == null ? "" : " of " + text.apply(limit);
  }

  private static String network(
      LabAnswer.HostState before, LabAnswer.HostState now, double seconds) {
    return now.traffic().entrySet().stream()
        .map(
            entry -> {
              LabAnswer.Traffic last =
                  before.traffic().getOrDefault(entry.getKey(), entry.getValue());
              return "%s in %s/s out %s/s"
                  .formatted(
                      entry.getKey(),
                      rate(last.received(), entry.getValue().received(), seconds),
                      rate(last.sent(), entry.getValue().sent(), seconds));
            })
        .collect(Collectors.joining(", "));
  }

  private static String rate(long before, long now, double seconds) {
    return Amounts.bytes(Math.round(Math.max(0, now - before) / seconds));
  }
}
