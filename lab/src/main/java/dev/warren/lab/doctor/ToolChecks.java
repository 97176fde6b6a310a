package dev.warren.lab.doctor;

import dev.warren.lab.doctor.Distribution.Software;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The programs that Warren calls. */
final class ToolChecks {
  /**
   * A program.
   *
   * @param command asks it something harmless that an old one does not know
   * @param why what it is called for
   * @param software what it comes with
   */
  private record Tool(
      String name, Need need, List<String> command, String why, Software software) {}

  private static final Software UTIL_LINUX =
      new Software(
          "util-linux 2.38 or newer",
          "util-linux mount",
          "util-linux util-linux-core",
          "util-linux");
  private static final Software COREUTILS = common("GNU coreutils 8.31 or newer", "coreutils");
  private static final Software BASH = common("bash", "bash");
  private static final Software GDB = common("gdb", "gdb");
  private static final Software MAVEN = common("Maven", "maven");

  // Where apt is not at home the packages of testenvs do not fit.
  private static final Software APT = new Software("apt, dpkg", "apt dpkg", "", "");
  private static final String NO_APT =
      "a machine with apt (Debian, Ubuntu), or install the software and use --software=installed";

  private static final List<Tool> TOOLS =
      List.of(
          new Tool(
              "unshare",
              Need.LABS,
              List.of("unshare", "--version"),
              "to get root's powers",
              UTIL_LINUX),
          new Tool(
              "nsenter", Need.LABS, List.of("nsenter", "--version"), "to enter hosts", UTIL_LINUX),
          new Tool(
              "setpriv",
              Need.LABS,
              List.of("setpriv", "--pdeathsig", "KILL", "true"),
              "to end with the launcher",
              UTIL_LINUX),
          new Tool("setsid", Need.LABS, List.of("setsid", "--version"), "to detach", UTIL_LINUX),
          new Tool(
              "env",
              Need.LABS,
              List.of("env", "--default-signal=INT", "--ignore-signal=CHLD", "true"),
              "for hosts' init",
              COREUTILS),
          new Tool("bash", Need.LABS, List.of("bash", "--version"), "to run steps in hosts", BASH),
          new Tool(
              "apt-get", Need.TESTENVS, List.of("apt-get", "--version"), "to fetch packages", APT),
          new Tool(
              "dpkg-deb",
              Need.TESTENVS,
              List.of("dpkg-deb", "--version"),
              "to unpack packages",
              APT),
          new Tool(
              "mvn",
              Need.COMFORT,
              List.of("mvn", "--version"),
              "to build Warren when its sources change",
              MAVEN),
          new Tool(
              "gdb",
              Need.COMFORT,
              List.of("gdb", "--version"),
              "for the stacks of what hangs, and for --debug",
              GDB));

  private ToolChecks() {}

  static List<Finding> run(Machine machine) {
    List<Finding> findings = new ArrayList<>();
    for (Tool tool : TOOLS) {
      Machine.Answer answer = machine.ask(tool.command());
      findings.add(
          answer.good()
              ? Finding.yes(tool.name(), tool.need(), version(answer).orElse("works"))
              : Finding.no(
                  tool.name(),
                  tool.need(),
                  answer.code() == 127 ? "not found" : answer.lastLine(),
                  "it is there " + tool.why(),
                  remedy(machine, tool)));
    }
    return findings;
  }

  private static Software common(String title, String name) {
    return new Software(title, name, name, name);
  }

  private static String remedy(Machine machine, Tool tool) {
    Distribution distribution = machine.distribution();
    return tool.software().equals(APT) && distribution != Distribution.DEBIAN
        ? NO_APT
        : distribution.install(tool.software());
  }

  private static Optional<String> version(Machine.Answer answer) {
    return answer
        .text()
        // Maven colours its answer.
        .replaceAll("\u001b\\[[0-9;]*m", "")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst();
  }
}
