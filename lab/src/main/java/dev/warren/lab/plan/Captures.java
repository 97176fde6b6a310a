package dev.warren.lab.plan;

import dev.warren.lab.capture.Capture;
import dev.warren.lab.capture.CaptureFile;
import dev.warren.lab.capture.CaptureSource;
import dev.warren.linux.packet.PacketSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The captures of a running lab: those of its description, and those that somebody asked for. */
final class Captures implements AutoCloseable {
  private final Function<String, LiveHost> hosts;
  private final List<Capture> all = new ArrayList<>();
  private final List<StartedCapture> started = new ArrayList<>();

  /** Captures on these hosts. */
  Captures(Function<String, LiveHost> hosts) {
    this.hosts = hosts;
  }

  Undo carryOut(CaptureOperation operation) throws IOException {
    return switch (operation) {
      case CaptureOperation.Begin begin -> {
        StartedCapture one = start(begin);
        yield () -> {
          end(one);
          if (!begin.goesOn()) {
            Files.deleteIfExists(begin.file());
          }
        };
      }
      case CaptureOperation.End end -> {
        started.stream()
            .filter(one -> end.begun().isOf(one.file()))
            .findFirst()
            .ifPresent(this::end);
        yield () -> {
          StartedCapture _ = start(end.begun().goingOn());
        };
      }
    };
  }

  private StartedCapture start(CaptureOperation.Begin begin) throws IOException {
    Capture capture =
        begin(
            begin.root(),
            begin.source(),
            begin.goesOn() ? CaptureFile.goOn(begin.file()) : CaptureFile.open(begin.file()),
            begin.snapLength(),
            begin.names());
    StartedCapture one = new StartedCapture(begin.file(), capture);
    started.add(one);
    return one;
  }

  private void end(StartedCapture one) {
    one.capture().close();
    all.remove(one.capture());
    started.remove(one);
  }

  /** The captures that plans began. */
  List<StartedCapture> started() {
    return List.copyOf(started);
  }

  /** As {@link Executor#capture}. */
  Capture begin(
      String root,
      CaptureSource source,
      WritableByteChannel out,
      int snapLength,
      Map<InetAddress, List<String>> names)
      throws IOException {
    all.removeIf(Capture::hasEnded);
    PacketSocket socket;
    try {
      socket = hosts.apply(root).watch(source.device());
    } catch (IOException | RuntimeException failure) {
      out.close();
      throw failure;
    }
    Capture capture = Capture.start(socket, source, out, snapLength, names);
    all.add(capture);
    return capture;
  }

  /** Ends them all. */
  @Override
  public void close() {
    all.forEach(Capture::close);
    all.clear();
  }
}
