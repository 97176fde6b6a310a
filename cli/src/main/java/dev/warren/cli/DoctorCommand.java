package dev.warren.cli;

import dev.warren.lab.description.Isolation;
import dev.warren.lab.doctor.Choice;
import dev.warren.lab.doctor.Diagnosis;
import dev.warren.lab.doctor.DiagnosisJson;
import dev.warren.lab.doctor.Doctor;
import dev.warren.lab.doctor.Finding;
import dev.warren.lab.doctor.Need;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Option;

/** Says what this machine allows and lacks. */
@Command(
    name = "doctor",
    description = {
      "Find out what this machine allows and lacks for labs and testenvs, and what helps.",
      "",
      "Tries everything in namespaces of its own; changes nothing. The exit code is 0 when the chosen"
          + " isolation works here, else 1."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren doctor",
      "  warren doctor --json | jq '.findings[] | select(.verdict == \"no\")'"
    })
final class DoctorCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--json",
      description =
          "Print JSON: {labs, testenvs, isolation, why, findings: [{name, need, verdict, detail,"
              + " cost, remedy}]}.")
  private boolean json;

  @Option(
      names = "--isolation",
      paramLabel = "WORD",
      description =
          "What labs are to be isolated by: namespaces, cwrap, or auto (the default): namespaces,"
              + " else cwrap.")
  private Isolation isolation = Isolation.AUTO;

  DoctorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    Diagnosis diagnosis = Doctor.examine(surroundings.cache());
    Choice choice = diagnosis.choose(isolation);
    if (json) {
      surroundings.out().println(DiagnosisJson.of(diagnosis, choice));
    } else {
      print(diagnosis, choice);
    }
    return choice.works() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(Diagnosis diagnosis, Choice choice) {
    int width =
        diagnosis.findings().stream().mapToInt(finding -> finding.name().length()).max().orElse(0);
    for (Finding finding : diagnosis.findings()) {
      surroundings
          .out()
          .printf("%s  %-" + width + "s  %s%n", mark(finding), finding.name(), finding.detail());
      String indent = " ".repeat("partly".length() + 2 + width + 2);
      finding.cost().ifPresent(cost -> surroundings.out().println(indent + "means: " + cost));
      finding.remedy().ifPresent(help -> surroundings.out().println(indent + "helps: " + help));
    }
    surroundings.out().println();
    surroundings.out().println("Labs work here: " + (choice.works() ? "yes" : "no"));
    surroundings
        .out()
        .println("Testenvs work here: " + (diagnosis.testenvsWork(choice) ? "yes" : "no"));
    surroundings.out().println(choice.words());
  }

  private String mark(Finding finding) {
    boolean missed = finding.need() != Need.COMFORT && finding.need() != Need.CWRAP;
    return switch (finding.verdict()) {
      case YES -> styled("yes   ", Style.fg_green);
      case PARTLY -> styled("partly", Style.fg_yellow);
      case NO -> styled("no    ", missed ? Style.fg_red : Style.fg_yellow);
    };
  }

  private String styled(String text, Style style) {
    return surroundings.colours() ? style.on() + text + style.off() : text;
  }
}
