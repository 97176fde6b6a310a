package dev.warren.lab.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Reads a pcap file (draft-ietf-opsawg-pcap) while others append to it, as socket_wrapper's
 * processes do: little-endian, microseconds, packets that begin with their IP header. For one
 * thread.
 */
final class PcapTail implements Closeable {
  private static final int MAGIC = 0xA1B2C3D4;
  private static final int FILE_HEADER = 24;
  private static final int PACKET_HEADER = 16;

  /** More is no packet of IP. */
  private static final int LONGEST = 1 << 18;

  private final Path file;
  private Optional<FileChannel> channel = Optional.empty();
  private long place;

  /** A file that may not be there yet. */
  PcapTail(Path file) {
    this.file = file;
  }

  /** A packet. */
  static final class Packet {
    private final byte[] bytes;
    private final int length;
    private final long time;

    private Packet(byte[] bytes, int length, long time) {
      this.bytes = bytes;
      this.length = length;
      this.time = time;
    }

    /** What the file has of it. */
    byte[] bytes() {
      return bytes;
    }

    /** How long it was, which may be more. */
    int length() {
      return length;
    }

    /** In nanoseconds since 1970. */
    long time() {
      return time;
    }
  }

  /**
   * The next packet that is in the file as a whole.
   *
   * @throws IOException also when it is no such file
   */
  Optional<Packet> next() throws IOException {
    if (channel.isEmpty()) {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      channel = Optional.of(FileChannel.open(file, StandardOpenOption.READ));
    }
    FileChannel open = channel.get();
    if (place == 0) {
      Optional<ByteBuffer> header = read(open, 0, FILE_HEADER);
      if (header.isEmpty()) {
        return Optional.empty();
      }
      if (header.get().getInt(0) != MAGIC || header.get().getInt(20) != PcapngWriter.RAW_IP) {
        throw new IOException(file + " is no capture as socket_wrapper makes it");
      }
      place = FILE_HEADER;
    }
    Optional<ByteBuffer> header = read(open, place, PACKET_HEADER);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    long seconds = Integer.toUnsignedLong(header.get().getInt(0));
    long micros = Integer.toUnsignedLong(header.get().getInt(4));
    int kept = header.get().getInt(8);
    if (kept < 0 || kept > LONGEST) {
      throw new IOException("%s has a packet of %d bytes at %d".formatted(file, kept, place));
    }
    Optional<ByteBuffer> packet = read(open, place + PACKET_HEADER, kept);
    if (packet.isEmpty()) {
      return Optional.empty();
    }
    place += PACKET_HEADER + kept;
    return Optional.of(
        new Packet(
            packet.get().array(),
            Math.max(kept, header.get().getInt(12)),
            seconds * 1_000_000_000 + micros * 1000));
  }

  /** Nothing while not all of it is there. */
  private static Optional<ByteBuffer> read(FileChannel channel, long from, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(bytes);
  }

  @Override
  public void close() throws IOException {
    if (channel.isPresent()) {
      channel.get().close();
    }
  }
}
