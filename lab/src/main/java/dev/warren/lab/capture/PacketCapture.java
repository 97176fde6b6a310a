package dev.warren.lab.capture;

import dev.warren.lab.process.LabThreads;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.packet.PacketSocket;
import dev.warren.linux.packet.VnetHeader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** A capture by a packet socket (packet(7)). */
public final class PacketCapture implements Capture {
  /** So many frames are taken before it looks whether it shall end. */
  private static final int ROUND = 4096;

  /** What is captured, and how many bytes of each frame are kept. */
  private record Aim(CaptureSource source, int snapLength) {}

  private final PacketSocket socket;
  private final WritableByteChannel out;
  private final PcapngWriter writer;
  private volatile Aim aim;

  /** What the file says that it is; the capture's own thread's. */
  private Aim written;

  private final long started = now();
  private final AtomicLong packets = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private boolean released; // guarded by socket
  private final CaptureEnd end = new CaptureEnd();

  private PacketCapture(PacketSocket socket, Aim aim, WritableByteChannel out) {
    this.socket = socket;
    this.aim = aim;
    this.written = aim;
    this.out = out;
    this.writer = new PcapngWriter(out);
  }

  /**
   * Begins; from now on everything is captured.
   *
   * @param socket with offloads, both directions; closed with the capture
   * @param out where the file goes; closed with the capture
   * @param snapLength how many bytes of each frame are kept at most
   * @param names of every address that is known
   * @throws IOException when it cannot be written, or there may be no more threads; the socket and
   *     out are closed then
   */
  public static PacketCapture start(
      PacketSocket socket,
      CaptureSource source,
      WritableByteChannel out,
      int snapLength,
      Map<InetAddress, List<String>> names)
      throws IOException {
    PacketCapture capture = new PacketCapture(socket, new Aim(source, snapLength), out);
    try {
      capture.writer.begin(source.name(), source.description(), snapLength, names);
      LabThreads.start("warren-capture-" + source.name(), capture::run);
    } catch (IOException failure) {
      capture.release();
      throw failure;
    }
    return capture;
  }

  private void run() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(VnetHeader.SIZE + WHOLE_FRAMES, 8);
      // From the first time on the kernel notes when frames come.
      var _ = socket.lastTime();
      boolean more = true;
      while (more) {
        more = socket.await(-1);
        take(buffer);
        writer.flush();
      }
      dropped.set(socket.overruns());
      writer.end(started, now(), packets.get() + dropped.get(), dropped.get());
    } catch (KernelException reason) {
      end.because(reason.during("capture " + source().name()));
    } catch (IOException reason) {
      end.because(reason);
    } finally {
      release();
      end.come(counts());
    }
  }

  private void take(MemorySegment buffer) throws IOException {
    for (int i = 0; i < ROUND; i++) {
      int length = socket.receive(buffer);
      if (length == PacketSocket.NOTHING) {
        return;
      }
      if (length >= VnetHeader.SIZE) {
        add(buffer, length);
      }
    }
  }

  private void add(MemorySegment buffer, int length) throws IOException {
    int got = (int) Math.min(length, buffer.byteSize());
    MemorySegment frame = buffer.asSlice(0, got);
    // A frame that never left the machine has no checksum yet, and readers would call it damaged.
    if (got == length && !VnetHeader.isSegmented(frame)) {
      VnetHeader.completeChecksum(frame);
    }
    int kept = Math.min(got - VnetHeader.SIZE, followed().snapLength());
    boolean outgoing = socket.lastWasOutgoing();
    writer.packet(
        frame.asSlice(VnetHeader.SIZE, kept),
        length - VnetHeader.SIZE,
        socket.lastTime(),
        written.source().link() != outgoing);
    packets.incrementAndGet();
  }

  /** Says in the file what is captured from now on, when that is something else. */
  private Aim followed() throws IOException {
    Aim now = aim;
    if (!now.equals(written)) {
      writer.on(now.source().name(), now.source().description(), now.snapLength());
      written = now;
    }
    return now;
  }

  /** Goes on with another network or link, in the same file; what comes is its own from now on. */
  public void follow(CaptureSource source, int snapLength) {
    aim = new Aim(source, snapLength);
  }

  /**
   * Goes on with the interface that is now where the captured one was; nothing when it has ended.
   *
   * @param index the interface's index in the lab's root namespace
   */
  public void attach(int index) throws IOException {
    synchronized (socket) {
      if (!released) {
        socket.attach(index);
      }
    }
  }

  private void release() {
    try {
      out.close();
    } catch (IOException reason) {
      end.because(reason);
    }
    synchronized (socket) {
      released = true;
      socket.close();
    }
  }

  @Override
  public CaptureSource source() {
    return aim.source();
  }

  @Override
  public int snapLength() {
    return aim.snapLength();
  }

  @Override
  public CaptureCounts counts() {
    return new CaptureCounts(packets.get(), dropped.get());
  }

  @Override
  public boolean await(Duration limit) throws InterruptedException {
    return end.await(limit);
  }

  @Override
  public CompletionStage<CaptureCounts> onEnd() {
    return end.stage();
  }

  @Override
  public boolean hasEnded() {
    return end.has();
  }

  @Override
  public Optional<IOException> failure() {
    return end.failure();
  }

  @Override
  public void close() {
    synchronized (socket) {
      if (!released) {
        socket.wake();
      }
    }
    end.awaitOrClose(out);
  }

  private static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }
}
