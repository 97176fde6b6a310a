package dev.warren.lab.doctor;

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
   * @param remedy where it comes from
   */
  private record Tool(String name, Need need, List<String> command, String why, String remedy) {}

  private static final String UTIL_LINUX = "install util-linux (2.38 or newer)";
  private static final String APT =
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
              "install GNU coreutils 8.31 or newer"),
          new Tool(
              "bash",
              Need.LABS,
              List.of("bash", "--version"),
              "to run steps in hosts",
              "install bash"),
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
              "install maven"));

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
                  tool.remedy()));
    }
    return findings;
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
