package dev.warren.lab.capture;

import dev.warren.lab.process.LabThreads;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A capture out of the pcap files that socket_wrapper writes, one a host: there, what a host sends
 * is in its own file and in the receiver's, or in one of them only: what a program writes by the C
 * library's own buffers passes socket_wrapper by.
 */
public final class PcapCapture implements Capture {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /**
   * The file of a host.
   *
   * @param file it need not be there yet
   * @param senders the addresses of the host, for a capture of several; none where this file alone
   *     is the capture
   */
  public record HostFile(Path file, Set<InetAddress> senders) {
    /** Copies. */
    public HostFile {
      senders = Set.copyOf(senders);
    }
  }

  private record Source(PcapTail tail, Set<InetAddress> senders, SeenSegments segments) {}

  private final CaptureSource source;
  private final int snapLength;
  private final List<Source> files;
  private final WritableByteChannel out;
  private final PcapngWriter writer;
  private final long started = now();
  private final AtomicLong packets = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CaptureEnd end = new CaptureEnd();

  private PcapCapture(
      List<HostFile> files, CaptureSource source, WritableByteChannel out, int snapLength) {
    this.source = source;
    this.snapLength = snapLength;
    this.out = out;
    this.writer = new PcapngWriter(out, PcapngWriter.RAW_IP);
    SeenSegments seen = new SeenSegments();
    this.files =
        files.stream()
            .map(one -> new Source(new PcapTail(one.file()), one.senders(), seen.another()))
            .toList();
  }

  /**
   * Begins.
   *
   * @param files what is read
   * @param out where the capture goes; closed with it
   * @param snapLength how many bytes of each packet are kept at most
   * @param names of every address that is known
   * @throws IOException when it cannot be written, or there may be no more threads; out is closed
   *     then
   */
  public static PcapCapture start(
      List<HostFile> files,
      CaptureSource source,
      WritableByteChannel out,
      int snapLength,
      Map<InetAddress, List<String>> names)
      throws IOException {
    PcapCapture capture = new PcapCapture(files, source, out, snapLength);
    try {
      capture.writer.begin(source.name(), source.description(), snapLength, names);
      var _ = LabThreads.start("warren-capture-" + source.name(), capture::run);
    } catch (IOException refused) {
      out.close();
      throw refused;
    }
    return capture;
  }

  private void run() {
    try {
      boolean last = false;
      while (!last) {
        last = closing.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        take();
      }
      writer.end(started, now(), packets.get(), 0);
    } catch (IOException reason) {
      end.because(reason);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    } finally {
      release();
      end.come(counts());
    }
  }

  /** What came since, in the order of its time. */
  private void take() throws IOException {
    List<PcapTail.Packet> fresh = new ArrayList<>();
    for (Source file : files) {
      for (Optional<PcapTail.Packet> packet = file.tail().next();
          packet.isPresent();
          packet = file.tail().next()) {
        if (isNew(file, packet.get().bytes())) {
          fresh.add(packet.get());
        }
      }
    }
    fresh.sort(Comparator.comparingLong(PcapTail.Packet::time));
    for (PcapTail.Packet packet : fresh) {
      int kept = Math.min(packet.bytes().length, snapLength);
      writer.packet(
          MemorySegment.ofArray(packet.bytes()).asSlice(0, kept),
          packet.length(),
          packet.time(),
          false);
      packets.incrementAndGet();
    }
    writer.flush();
  }

  /** Of datagrams the sender's file knows all, and the receiver's often no address. */
  private static boolean isNew(Source file, byte[] packet) throws IOException {
    if (file.senders().isEmpty()) {
      return true;
    }
    return SeenSegments.isSegment(packet)
        ? file.segments().isNew(packet)
        : sender(packet).filter(file.senders()::contains).isPresent();
  }

  /** The source address of an IP header (RFC 791, 3.1; RFC 8200, 3). */
  static Optional<InetAddress> sender(byte[] packet) throws IOException {
    int version = packet.length == 0 ? 0 : packet[0] >> 4 & 0xf;
    if (version == 4 && packet.length >= 20) {
      return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(packet, 12, 16)));
    }
    if (version == 6 && packet.length >= 40) {
      return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(packet, 8, 24)));
    }
    return Optional.empty();
  }

  private void release() {
    List<Closeable> all = new ArrayList<>();
    files.forEach(file -> all.add(file.tail()));
    all.add(out);
    for (Closeable one : all) {
      try {
        one.close();
      } catch (IOException reason) {
        end.because(reason);
      }
    }
  }

  @Override
  public CaptureSource source() {
    return source;
  }

  @Override
  public int snapLength() {
    return snapLength;
  }

  @Override
  public CaptureCounts counts() {
    return new CaptureCounts(packets.get(), 0);
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
    closing.countDown();
    end.awaitOrClose(out);
  }

  private static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }
}
