package dev.warren.lab.control;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.capture.Capture;
import dev.warren.lab.cwrap.CwrapException;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.InvalidLabException;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.file.LabFile;
import dev.warren.lab.plan.Operation;
import dev.warren.lab.process.HostProcessInfo;
import dev.warren.lab.process.HostUsage;
import dev.warren.lab.process.ProcessTable;
import dev.warren.lab.source.BadInputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/** Does what a {@link LabRequest} asks. */
final class Controller {
  private static final int FILE_PART = 1 << 18;

  private final Lab lab;
  private final LinkController links;

  Controller(Lab lab) {
    this.lab = lab;
    this.links = new LinkController(lab);
  }

  LabAnswer answer(LabRequest request) {
    try {
      return carryOut(request);
    } catch (BadInputException | InvalidLabException mistakes) {
      return new LabAnswer.Failure(String.valueOf(mistakes.getMessage()), true);
    } catch (NoSuchElementException | IllegalArgumentException unknown) {
      return new LabAnswer.Failure(String.valueOf(unknown.getMessage()), true);
    } catch (IOException failure) {
      return new LabAnswer.Failure(String.valueOf(failure.getMessage()), false);
    }
  }

  /** Begins a capture; what is refused is thrown. */
  Capture capture(LabRequest.Capture asked, WritableByteChannel out) throws IOException {
    return lab.capture(
        CaptureTarget.find(lab.description(), asked.target()),
        out,
        asked.snapLength(),
        asked.file());
  }

  private LabAnswer carryOut(LabRequest request) throws IOException, BadInputException {
    return switch (request) {
      case LabRequest.Apply apply -> apply(apply);
      case LabRequest.CutLink cut -> links.cut(cut);
      case LabRequest.MendLink mend -> links.mend(mend);
      case LabRequest.SetConditions set -> links.setConditions(set);
      case LabRequest.Partition part -> {
        lab.partition(part.network(), part.groups());
        yield new LabAnswer.Done("Network %s is parted.".formatted(part.network()));
      }
      case LabRequest.Heal heal -> {
        lab.heal(heal.network());
        yield new LabAnswer.Done("Network %s is whole.".formatted(heal.network()));
      }
      case LabRequest.Freeze freeze -> {
        Host host = lab.host(freeze.host());
        int stopped = host.freeze();
        yield new LabAnswer.Done(
            host.isFrozen()
                ? "Host %s is frozen: %s.".formatted(host.name(), processes(stopped))
                : "Host %s has no processes that could be frozen.".formatted(host.name()));
      }
      case LabRequest.Thaw thaw -> {
        int running = lab.host(thaw.host()).thaw();
        yield new LabAnswer.Done("Host %s goes on: %s.".formatted(thaw.host(), processes(running)));
      }
      case LabRequest.Reboot reboot -> {
        lab.host(reboot.host()).reboot();
        yield new LabAnswer.Done("Host %s has begun anew.".formatted(reboot.host()));
      }
      case LabRequest.RestartServices restart ->
          ServiceController.restart(lab, lab.host(restart.host()), restart.services());
      case LabRequest.Processes wanted -> processes(wanted.host());
      case LabRequest.Interfaces wanted -> InterfaceController.list(chosen(wanted.host()));
      case LabRequest.Usage _ -> usage();
      case LabRequest.Capture _ ->
          throw new IllegalArgumentException("a capture needs the connection for itself");
      case LabRequest.Draw draw -> LabDrawing.of(lab, draw.format());
      case LabRequest.ReadLog read -> read(read);
    };
  }

  private static String processes(int number) {
    return number == 1 ? "1 process" : number + " processes";
  }

  private LabAnswer apply(LabRequest.Apply apply) throws IOException, BadInputException {
    LabDescription wanted = LabFile.read(Path.of(apply.file()), lab.description());
    List<Operation> steps = apply.dryRun() ? lab.difference(wanted) : lab.apply(wanted);
    return new LabAnswer.Steps(
        steps.stream().map(step -> new LabAnswer.Step(step.describe(), step.isLasting())).toList());
  }

  private List<Host> everyone() {
    return Stream.concat(Stream.of(lab.root()), lab.hosts().stream()).toList();
  }

  private List<Host> chosen(Optional<String> name) {
    return name.map(one -> List.of(lab.host(one))).orElseGet(this::everyone);
  }

  private LabAnswer processes(Optional<String> name) {
    if (lab.isolation() == Isolation.CWRAP) {
      return new LabAnswer.ProcessList(
          chosen(name).stream().flatMap(host -> WrappedProcesses.of(host).stream()).toList());
    }
    ProcessTable table = ProcessTable.read();
    List<LabAnswer.ProcessState> all = new ArrayList<>();
    for (Host host : chosen(name)) {
      for (HostProcessInfo process : table.of(host.pid())) {
        all.add(
            new LabAnswer.ProcessState(
                host.name(),
                process.hostPid(),
                process.pid(),
                process.user(),
                String.valueOf(process.stat().state()),
                process.cpu().toMillis(),
                process.resident(),
                process.command().isEmpty()
                    ? List.of("[" + process.stat().name() + "]")
                    : process.command()));
      }
    }
    return new LabAnswer.ProcessList(all);
  }

  private LabAnswer usage() throws IOException {
    if (lab.isolation() == Isolation.CWRAP) {
      throw CwrapException.needsNamespaces("what hosts use of the machine");
    }
    ProcessTable table = ProcessTable.read();
    List<LabAnswer.HostState> hosts = new ArrayList<>();
    for (Host host : everyone()) {
      HostUsage usage = HostUsage.of(table.of(host.pid()));
      hosts.add(
          new LabAnswer.HostState(
              host.name(),
              usage.processes(),
              usage.cpu().toMillis(),
              usage.resident(),
              host.description().limits(),
              InterfaceController.traffic(host)));
    }
    return new LabAnswer.UsageList(System.nanoTime(), hosts);
  }

  private LabAnswer read(LabRequest.ReadLog read) throws IOException {
    Host host = lab.host(read.host());
    String file = logFile(host, read.log());
    return host.files(() -> part(file, read.offset()));
  }

  /** Where a service of a host writes; a path is itself. */
  private String logFile(Host host, String log) {
    return log.startsWith("/") ? log : host.log(lab.service(host.name(), log).logFile()).toString();
  }

  private static LabAnswer part(String path, long offset) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path, "r")) {
      // Shorter than before: somebody has begun it anew.
      long from = offset > file.length() ? 0 : offset;
      file.seek(from);
      byte[] bytes = new byte[(int) Math.min(FILE_PART, file.length() - from)];
      file.readFully(bytes);
      return new LabAnswer.FilePart(
          new String(bytes, StandardCharsets.ISO_8859_1), from + bytes.length);
    }
  }
}
