package dev.warren.lab.plan;

import dev.warren.lab.capture.CaptureFile;
import dev.warren.lab.capture.CaptureSource;
import dev.warren.lab.capture.PacketCapture;
import dev.warren.linux.packet.PacketSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * The captures of a lab: those of its plans, and those on demand. They outlive what they capture,
 * and go on when there is one like it again.
 */
final class Captures implements AutoCloseable {
  private final List<PacketCapture> all = new ArrayList<>();
  private final List<StartedCapture> planned = new ArrayList<>();
  private final List<StartedCapture> untold = new ArrayList<>();

  /** The files of the plans' captures: one that is begun anew keeps what is there of it. */
  private final Set<Path> files = new HashSet<>();

  /** Those that plans began since it was asked last, also if they have ended already. */
  synchronized List<StartedCapture> begun() {
    List<StartedCapture> begun = List.copyOf(untold);
    untold.clear();
    return begun;
  }

  /**
   * Begins one on demand.
   *
   * @param root the host that has the bridges
   * @param out where it goes; closed with the capture, and when it cannot begin
   */
  synchronized PacketCapture begin(
      LiveHost root,
      CaptureSource source,
      WritableByteChannel out,
      int snapLength,
      Map<InetAddress, List<String>> names)
      throws IOException {
    all.removeIf(PacketCapture::hasEnded);
    PacketSocket socket;
    try {
      socket = root.watch(source.device());
    } catch (IOException | RuntimeException failure) {
      out.close();
      throw failure;
    }
    PacketCapture capture = PacketCapture.start(socket, source, out, snapLength, names);
    all.add(capture);
    return capture;
  }

  synchronized Undo carryOut(CaptureOperation operation, Function<String, LiveHost> hosts)
      throws IOException {
    return switch (operation) {
      case CaptureOperation.Begin begin -> {
        LiveHost root = hosts.apply(begin.root());
        Optional<PacketCapture> present = into(begin.file());
        yield present.isPresent()
            ? follow(present.get(), begin.source(), begin.snapLength(), root)
            : begin(begin, root);
      }
      case CaptureOperation.End end -> {
        into(end.file()).ifPresent(this::end);
        yield Undo.NOTHING;
      }
    };
  }

  private Optional<PacketCapture> into(Path file) {
    return planned.stream()
        .filter(one -> normal(one.file()).equals(normal(file)))
        .map(StartedCapture::capture)
        .filter(capture -> !capture.hasEnded())
        .findFirst();
  }

  private static Path normal(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private synchronized Undo begin(CaptureOperation.Begin begin, LiveHost root) throws IOException {
    Path path = normal(begin.file());
    boolean goesOn = files.contains(path) && Files.exists(path);
    FileChannel file = goesOn ? CaptureFile.reopen(begin.file()) : CaptureFile.open(begin.file());
    long size = file.size();
    PacketCapture capture = begin(root, begin.source(), file, begin.snapLength(), begin.names());
    StartedCapture started = new StartedCapture(begin.file(), capture);
    planned.add(started);
    untold.add(started);
    files.add(path);
    return () -> {
      end(capture);
      if (goesOn) {
        try (FileChannel longer = FileChannel.open(path, StandardOpenOption.WRITE)) {
          longer.truncate(size);
        }
      } else {
        files.remove(path);
        Files.deleteIfExists(path);
      }
    };
  }

  private synchronized void end(PacketCapture capture) {
    capture.close();
    all.remove(capture);
    planned.removeIf(one -> one.capture() == capture);
  }

  private static Undo follow(
      PacketCapture capture, CaptureSource source, int snapLength, LiveHost root)
      throws IOException {
    CaptureSource oldSource = capture.source();
    int oldLength = capture.snapLength();
    Undo back = () -> aim(capture, oldSource, oldLength, root);
    try {
      aim(capture, source, snapLength, root);
    } catch (IOException failure) {
      Undo.all(List.of(back), failure);
      throw failure;
    }
    return back;
  }

  /** What is not there yet is attached to when it appears. */
  private static void aim(
      PacketCapture capture, CaptureSource source, int snapLength, LiveHost root)
      throws IOException {
    capture.follow(source, snapLength);
    OptionalInt index = root.links().indexOf(source.device());
    if (index.isPresent()) {
      capture.attach(index.getAsInt());
    }
  }

  /** An interface of the root's is there anew: who captured the one before it goes on with it. */
  synchronized void appeared(String device, int index) throws IOException {
    for (PacketCapture capture : all) {
      if (capture.source().device().equals(device)) {
        capture.attach(index);
      }
    }
  }

  /** Ends all; a second time does nothing. */
  @Override
  public synchronized void close() {
    all.forEach(PacketCapture::close);
    all.clear();
  }
}
