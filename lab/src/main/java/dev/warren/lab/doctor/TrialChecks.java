package dev.warren.lab.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lets a process in namespaces of its own do what labs do, and reads how it went. */
final class TrialChecks {
  private static final String CONTAINER =
      "in a container: allow it in the seccomp profile, and apparmor=unconfined where AppArmor is on";
  private static final String MASKED =
      "nothing, or run the container with systempaths=unconfined (Kubernetes: procMount: Unmasked)";

  private TrialChecks() {}

  /**
   * @param entry options of unshare(1) that give the powers of root
   */
  static List<Finding> run(Machine machine, List<String> entry) throws IOException {
    List<Finding> findings = new ArrayList<>(judge(attempt(machine, entry)));
    Machine.Answer proc =
        machine.ask(command(entry, List.of("--mount", "--pid", "--fork", "--mount-proc"), "true"));
    findings.add(
        proc.good()
            ? Finding.yes("fresh /proc", Need.LABS, "each host has its own")
            : Finding.partly(
                "fresh /proc",
                Need.LABS,
                proc.lastLine(),
                "hosts see the /proc of the machine: `ps` in a host shows processes of others",
                MASKED));
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
      Machine.Answer answer =
          machine.ask(
              command(
                  entry,
                  List.of("--mount", "--net", "--uts", "--ipc"),
                  java.toArray(String[]::new)));
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

  static List<Finding> judge(Map<Trial.Step, String> words) {
    List<Finding> findings = new ArrayList<>();
    for (Trial.Step step : Trial.Step.values()) {
      String said = words.getOrDefault(step, "");
      findings.add(step == Trial.Step.IDS ? ids(said) : judge(step, said));
    }
    return findings;
  }

  private static Finding judge(Trial.Step step, String said) {
    String name =
        switch (step) {
          case HOSTNAME -> "host names";
          case TMPFS -> "private folders";
          case OVERLAY -> "overlays";
          case SYSFS -> "fresh /sys";
          case BRIDGE -> "bridges";
          case CABLE -> "cables (veth)";
          case IDS -> "ids";
        };
    if (said.equals("ok")) {
      return Finding.yes(name, Need.LABS, "work");
    }
    return switch (step) {
      case SYSFS ->
          Finding.partly(
              name,
              Need.LABS,
              said,
              "hosts see the /sys of the machine: its interfaces in /sys/class/net",
              MASKED);
      case BRIDGE, CABLE ->
          Finding.no(
              name,
              Need.LABS,
              said,
              "no networks",
              "load the modules of the kernel: modprobe bridge, modprobe veth; " + CONTAINER);
      case OVERLAY ->
          Finding.no(
              name,
              Need.LABS,
              said,
              "no private /etc, and no software that is not installed",
              "load the module of the kernel: modprobe overlay; " + CONTAINER);
      default -> Finding.no(name, Need.LABS, said, "no %s".formatted(name), CONTAINER);
    };
  }

  private static Finding ids(String said) {
    String name = "mapped ids";
    if (said.matches("\\d+")) {
      long count = Long.parseLong(said);
      return count > 1
          ? Finding.yes(name, Need.TESTENVS, String.format(Locale.ROOT, "%,d", count))
          : Finding.partly(
              name,
              Need.TESTENVS,
              "one",
              "services that change to another user fail, chown fails",
              "see \"range of ids\" above");
    }
    return Finding.no(name, Need.TESTENVS, said, "unknown", CONTAINER);
  }
}
