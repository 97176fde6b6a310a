package dev.warren.selftest.plan;

import dev.warren.lab.source.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads plans of any format, from files and from commands. */
public final class PlanReader {
  /** How the names of plans in Warren's own format end. */
  public static final String YAML_ENDING = ".yaml";

  private final Map<String, String> environment;
  private final Consumer<String> comments;

  /**
   * A reader.
   *
   * @param environment what commands that print plans find in their environment besides this
   *     process's
   * @param comments is told what such commands print besides suites: as a rule, what they left out.
   *     The comments of files are for who reads the file
   */
  public PlanReader(Map<String, String> environment, Consumer<String> comments) {
    this.environment = Map.copyOf(environment);
    this.comments = comments;
  }

  /**
   * The suites of all sources, one after the other.
   *
   * @param problems takes every mistake; suites that have one may be missing in the result
   * @throws InterruptedException while a command ran; it has ended
   */
  public List<Suite> read(List<PlanSource> sources, Problems problems) throws InterruptedException {
    List<Suite> suites = new ArrayList<>();
    for (PlanSource source : sources) {
      suites.addAll(
          switch (source) {
            case PlanSource.File(Path path) -> file(path, problems);
            case PlanSource.Output(String command) ->
                PlanCommand.output(command, environment, problems)
                    .map(text -> SambaPlanReader.suites(command, text, comments, problems))
                    .orElse(List.of());
          });
    }
    return suites;
  }

  private static List<Suite> file(Path path, Problems problems) {
    if (path.toString().endsWith(YAML_ENDING)) {
      return YamlPlanReader.read(path, problems);
    }
    return PlanFile.text(path, problems)
        .map(text -> SambaPlanReader.suites(path.toString(), text, _ -> {}, problems))
        .orElse(List.of());
  }
}
