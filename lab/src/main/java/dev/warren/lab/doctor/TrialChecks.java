package dev.warren.lab.doctor;

import dev.warren.linux.kernel.Kernel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Lets a process in namespaces of its own do what labs do, and reads how it went. */
final class TrialChecks {
  private static final List<String> KINDS = List.of("--mount", "--net", "--uts", "--ipc");

  private TrialChecks() {}

  /**
   * @param entry options of unshare(1) that give the powers of root
   */
  static List<Finding> run(Machine machine, Kernel kernel, List<String> entry) throws IOException {
    Machine.Answer way = machine.ask(command(entry, KINDS, "true"));
    if (!way.good()) {
      return List.of(Refusal.of(machine, kernel, way.lastLine()).finding("namespaces"));
    }
    TrialVerdicts verdicts = new TrialVerdicts(machine);
    List<Finding> findings = new ArrayList<>(verdicts.judge(attempt(machine, entry)));
    Machine.Answer proc =
        machine.ask(command(entry, List.of("--mount", "--pid", "--fork", "--mount-proc"), "true"));
    findings.add(verdicts.proc(proc));
    return findings;
  }

  private static Map<Trial.Step, String> attempt(Machine machine, List<String> entry)
      throws IOException {
    Path folder = Files.createTempDirectory("warren-trial");
    Path report = Files.createTempFile("warren-trial", ".txt");
    try {
      List<String> java = new ArrayList<>();
      java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      java.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
      java.addAll(sameCode());
      java.addAll(List.of(folder.toString(), report.toString()));
      Machine.Answer answer = machine.ask(command(entry, KINDS, java.toArray(String[]::new)));
      return parse(Files.readAllLines(report), answer.lastLine());
    } finally {
      Files.deleteIfExists(report);
      Files.deleteIfExists(folder);
    }
  }

  /** How this JVM finds its classes: as modules from the launcher, on the class path in a test. */
  private static List<String> sameCode() {
    String modules = System.getProperty("jdk.module.path", "");
    String main = Trial.class.getName();
    if (TrialChecks.class.getModule().isNamed()) {
      return List.of(
          "--enable-native-access=dev.warren.linux",
          "--module-path",
          modules,
          // Which the lab's module does not need everywhere.
          "--add-modules",
          "dev.warren.linux",
          "--module",
          TrialChecks.class.getModule().getName() + "/" + main);
    }
    String path = System.getProperty("java.class.path");
    return List.of(
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        modules.isEmpty() ? path : path + File.pathSeparator + modules,
        main);
  }

  private static List<String> command(List<String> entry, List<String> kinds, String... program) {
    List<String> command = new ArrayList<>(List.of("unshare"));
    command.addAll(entry);
    command.addAll(kinds);
    command.add("--");
    command.addAll(List.of(program));
    return command;
  }

  /**
   * What the trial said of each step.
   *
   * @param report a line for each step that it reached
   * @param end the last words of a trial that did not reach them all
   */
  static Map<Trial.Step, String> parse(List<String> report, String end) {
    Map<Trial.Step, String> words = new EnumMap<>(Trial.Step.class);
    for (Trial.Step step : Trial.Step.values()) {
      words.put(
          step,
          report.stream()
              .filter(line -> line.startsWith(step.key() + " "))
              .findFirst()
              .map(line -> line.substring(step.key().length() + 1))
              .orElse("the trial did not get there: " + end));
    }
    return words;
  }
}
