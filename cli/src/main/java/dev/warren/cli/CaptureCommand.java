package dev.warren.cli;

import dev.warren.lab.capture.CaptureFile;
import dev.warren.lab.control.CaptureClient;
import dev.warren.lab.control.LabAnswer;
import dev.warren.lab.control.LabRequest;
import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.source.Durations;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Captures packets. */
@Command(
    name = "capture",
    description = {
      "Capture what goes over a link or a network of a running lab, as a pcapng file.",
      "",
      "Ctrl-C ends it; the file is complete then, and can be read at any moment before."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren capture lan -o lan.pcapng               a network",
      "  warren capture shop/a:veth30 -o a.pcapng --for 10s",
      "  warren capture a -o - | tcpdump -n -r -        to be read at once"
    })
final class CaptureCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "[LAB/]HOST[:INTERFACE]|NETWORK",
      description = "A host's link, or a network.")
  private String target = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where it goes; - is standard output.")
  private Path file = Path.of("");

  @Option(names = "--for", paramLabel = "TIME", description = "End after this time: 10s.")
  private @Nullable String time;

  @Option(
      names = "--snap",
      paramLabel = "BYTES",
      description = "Keep so many bytes of each frame; default: all.")
  private int snap = CaptureDescription.WHOLE_FRAMES;

  CaptureCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    Optional<Duration> limit = limit();
    if (snap < 1 || snap > CaptureDescription.WHOLE_FRAMES) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          "--snap: %d is out of range: 1 to %d".formatted(snap, CaptureDescription.WHOLE_FRAMES));
    }
    if (!isStandardOutput()) {
      CaptureFile.requireFolder(file);
    }
    Targets.OfHost source = new Targets(surroundings).named(target);
    int code = ExitCode.FAILED;
    EndSignal end = EndSignal.install();
    try (CaptureClient client = CaptureClient.connect(source.lab())) {
      LabAnswer _ =
          Targets.checked(
              client.begin(
                  new LabRequest.Capture(
                      source.name(),
                      isStandardOutput() ? "-" : file.toAbsolutePath().toString(),
                      snap)));
      try (OutputStream out = open()) {
        surroundings
            .err()
            .println(
                "Capturing %s; %s."
                    .formatted(
                        source.name(), limit.isPresent() ? "for " + time : "Ctrl-C ends it"));
        Thread.ofPlatform().daemon().name("end of capture").start(() -> end(client, end, limit));
        report(client.copy(out));
      }
      code = ExitCode.OK;
    } finally {
      end.ask();
      end.complete(code);
    }
    return code;
  }

  private Optional<Duration> limit() throws CommandException {
    if (time == null) {
      return Optional.empty();
    }
    return Optional.of(
        Durations.parse(time)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.BAD_INPUT,
                        "--for: a time like 500ms, 60s, 2m or 1h is expected, but this is \"%s\""
                            .formatted(time))));
  }

  private boolean isStandardOutput() {
    return file.toString().equals("-");
  }

  /** After the lab has agreed: what is there stays when it does not. */
  private OutputStream open() throws IOException {
    return isStandardOutput()
        ? new FileOutputStream(FileDescriptor.out)
        : Channels.newOutputStream(CaptureFile.open(file));
  }

  /** Lets it go on until somebody wants its end. */
  private static void end(CaptureClient client, EndSignal signal, Optional<Duration> limit) {
    try {
      if (limit.isPresent()) {
        signal.await(limit.get());
      } else {
        signal.await();
      }
      client.end();
    } catch (InterruptedException | IOException over) {
      // It has ended by itself.
    }
  }

  private void report(LabAnswer answer) throws CommandException {
    if (Targets.checked(answer) instanceof LabAnswer.Captured counts) {
      surroundings
          .err()
          .println(
              "%d packets captured, %d dropped.".formatted(counts.packets(), counts.dropped()));
    }
  }
}
