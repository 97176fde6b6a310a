package dev.warren.cli;

import dev.warren.lab.control.RunningLab;
import dev.warren.lab.event.EventLog;
import dev.warren.lab.event.Occurrence;
import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows what happened in a lab. */
@Command(
    name = "events",
    description = {
      "Show what happened in a running lab: hosts, links, processes, changes.",
      "",
      "The file behind it is events.jsonl in the lab's folder; docs/events.md describes it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren events",
      "  warren events --follow --json | jq 'select(.type == \"link-cut\")'"
    })
final class EventsCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final Surroundings surroundings;

  @Parameters(arity = "0..1", paramLabel = "LAB", description = "The lab; default: the only one.")
  private @Nullable String lab;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what happens, until the lab ends.")
  private boolean follow;

  @Option(names = "--json", description = "Print each event as a line of JSON.")
  private boolean json;

  EventsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    RunningLab running = new Targets(surroundings).lab(Optional.ofNullable(lab));
    FollowedFile.of(running.events(), follow).forEachLine(this::print);
    return ExitCode.OK;
  }

  private void print(String line) throws IOException {
    surroundings.out().println(json ? line : text(line));
  }

  private static String text(String line) throws IOException {
    Occurrence one = EventLog.parse(line);
    ObjectNode fields = (ObjectNode) JsonMapper.builder().build().readTree(line);
    String type = fields.path("type").asString("");
    fields.remove("time");
    fields.remove("type");
    return LocalTime.ofInstant(one.time(), ZoneId.systemDefault()).format(TIME)
        + "  "
        + type
        + fields
            .propertyStream()
            .filter(field -> !field.getValue().isNull())
            .map(
                field ->
                    " "
                        + field.getKey()
                        + "="
                        + (field.getValue().isString()
                            ? field.getValue().stringValue()
                            : field.getValue().toString()))
            .collect(Collectors.joining());
  }
}
