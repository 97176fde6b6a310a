package dev.warren.cli;

import dev.warren.lab.control.ControlClient;
import dev.warren.lab.control.LabAnswer;
import dev.warren.lab.control.LabRequest;
import dev.warren.lab.control.RunningLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows logs. */
@Command(
    name = "logs",
    description = {
      "Show a log of a running lab: its own, that of a service of a host, or a file in a host."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren logs                        what the lab's supervisor wrote (up --detach)",
      "  warren logs shop/web httpd         a service's log",
      "  warren logs web /var/log/x.log -f  a file in a host, and what is added to it"
    })
final class LogsCommand implements Callable<Integer> {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Surroundings surroundings;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "[LAB/]HOST",
      description = "The host, or LAB/ for the lab's own log; default: the only lab's own.")
  private @Nullable String target;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SERVICE",
      description = "The service, or an absolute path of a file in the host.")
  private @Nullable String service;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is added, until Ctrl-C or the end of the lab.")
  private boolean follow;

  LogsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    Targets targets = new Targets(surroundings);
    if (target == null || target.endsWith("/")) {
      Optional<String> name =
          Optional.ofNullable(target).map(text -> text.substring(0, text.length() - 1));
      own(targets.lab(name));
    } else if (service == null) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "say the service, or a path in the host: see `warren logs --help`");
    } else {
      Targets.OfHost host = targets.host(target);
      inHost(host, service);
    }
    return ExitCode.OK;
  }

  private void own(RunningLab lab) throws IOException, InterruptedException, CommandException {
    if (!Files.exists(lab.log())) {
      throw new CommandException(
          ExitCode.FAILED,
          "lab \"%s\" writes to the terminal that it was started on: `warren up --detach` keeps a log"
              .formatted(lab.name()));
    }
    FollowedFile.of(lab.log(), follow).forEachLine(surroundings.out()::println);
  }

  private void inHost(Targets.OfHost host, String log)
      throws IOException, InterruptedException, CommandException {
    try (ControlClient client = ControlClient.connect(host.lab())) {
      long offset = 0;
      while (true) {
        LabAnswer answer =
            Targets.checked(client.ask(new LabRequest.ReadLog(host.name(), log, offset)));
        if (!(answer instanceof LabAnswer.FilePart part)) {
          throw new IOException("the lab answered something else");
        }
        surroundings
            .out()
            .print(
                new String(
                    part.text().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        surroundings.out().flush();
        offset = part.next();
        if (part.text().isEmpty()) {
          if (!follow) {
            return;
          }
          Thread.sleep(BETWEEN_LOOKS);
        }
      }
    }
  }
}
