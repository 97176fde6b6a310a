package dev.warren.lab.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes a capture as a section of a pcapng file (draft-ietf-opsawg-pcapng), the section itself, an
 * interface and all names first. What reaches the file are whole blocks: it can be read at any
 * moment. For one thread.
 */
final class PcapngWriter {
  /** Block types (4.1, 4.2, 4.3, 4.5, 4.6). */
  private static final int SECTION_HEADER = 0x0A0D0D0A;

  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int NAME_RESOLUTION = 4;
  private static final int INTERFACE_STATISTICS = 5;
  private static final int ENHANCED_PACKET = 6;

  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;

  /** LINKTYPE_ETHERNET of the registry of link types. */
  static final int ETHERNET = 1;

  /** LINKTYPE_RAW: packets begin with their IPv4 or IPv6 header. */
  static final int RAW_IP = 101;

  /** Options of the section header (4.1) and the interface (4.2). */
  private static final int SHB_OS = 3;

  private static final int SHB_USERAPPL = 4;
  private static final int IF_NAME = 2;
  private static final int IF_DESCRIPTION = 3;
  private static final int IF_TSRESOL = 9;

  /** Times are counted in 10 to the power of -9 seconds. */
  private static final byte NANOSECONDS = 9;

  /** Records of names (4.5). */
  private static final int NRB_RECORD_END = 0;

  private static final int NRB_RECORD_IPV4 = 1;
  private static final int NRB_RECORD_IPV6 = 2;

  /** Options of the statistics (4.6). */
  private static final int ISB_STARTTIME = 2;

  private static final int ISB_ENDTIME = 3;
  private static final int ISB_IFRECV = 4;
  private static final int ISB_IFDROP = 5;

  /** Option of a packet: the direction in its lowest two bits (4.3). */
  private static final int EPB_FLAGS = 2;

  private static final int INBOUND = 1;
  private static final int OUTBOUND = 2;

  /** Type, length, interface, time, two lengths; then flags, end of options, length. */
  private static final int PACKET_FRONT = 28;

  private static final int PACKET_BACK = 16;

  private static final int BUFFER = 1 << 20;

  private final WritableByteChannel channel;
  private final int linkType;
  private final ByteBuffer waiting = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

  /** The number of the interface that packets come from. */
  private int current = -1;

  PcapngWriter(WritableByteChannel channel) {
    this(channel, ETHERNET);
  }

  PcapngWriter(WritableByteChannel channel, int linkType) {
    this.channel = channel;
    this.linkType = linkType;
  }

  /** How many bytes of a frame can be kept at most. */
  static int longestFrame() {
    return BUFFER - PACKET_FRONT - PACKET_BACK - Integer.BYTES;
  }

  /**
   * Begins the section.
   *
   * @param name what the interface is called: {@code a:veth30}
   * @param description what it is, in a few words
   * @param snapLength how many bytes of each frame are kept at most
   * @param names of every address that is known
   */
  void begin(String name, String description, int snapLength, Map<InetAddress, List<String>> names)
      throws IOException {
    write(
        new Block(SECTION_HEADER)
            .number32(BYTE_ORDER_MAGIC)
            .number16(1) // version 1.0
            .number16(0)
            .number64(-1) // the section's length is not known
            .option(SHB_OS, System.getProperty("os.name") + " " + System.getProperty("os.version"))
            .option(SHB_USERAPPL, "Warren")
            .endOfOptions()
            .finish());
    on(name, description, snapLength);
    write(names(names));
    flush();
  }

  /** Goes on with another interface: all packets from now on come from that; as {@link #begin}. */
  void on(String name, String description, int snapLength) throws IOException {
    write(
        new Block(INTERFACE_DESCRIPTION)
            .number16(linkType)
            .number16(0)
            .number32(snapLength)
            .option(IF_NAME, name)
            .option(IF_DESCRIPTION, description)
            .option(IF_TSRESOL, new byte[] {NANOSECONDS})
            .endOfOptions()
            .finish());
    current++;
  }

  private static byte[] names(Map<InetAddress, List<String>> names) {
    Block block = new Block(NAME_RESOLUTION);
    names.forEach(
        (address, all) -> {
          byte[] bytes = address.getAddress();
          byte[] text = (String.join("\0", all) + "\0").getBytes(StandardCharsets.UTF_8);
          byte[] record = new byte[bytes.length + text.length];
          System.arraycopy(bytes, 0, record, 0, bytes.length);
          System.arraycopy(text, 0, record, bytes.length, text.length);
          block.option(bytes.length == 4 ? NRB_RECORD_IPV4 : NRB_RECORD_IPV6, record);
        });
    return block.number16(NRB_RECORD_END).number16(0).finish();
  }

  /**
   * Adds a packet; it reaches the file with the next {@link #flush} at the latest.
   *
   * @param time in nanoseconds since 1970
   * @param length how long it was, which may be more than what was kept of it
   */
  void packet(MemorySegment kept, int length, long time, boolean outbound) throws IOException {
    int size = (int) kept.byteSize();
    int padded = (size + 3) & ~3;
    int total = PACKET_FRONT + padded + PACKET_BACK;
    if (waiting.remaining() < total) {
      flush();
    }
    waiting.putInt(ENHANCED_PACKET).putInt(total).putInt(current);
    waiting.putInt((int) (time >>> Integer.SIZE)).putInt((int) time);
    waiting.putInt(size).putInt(length);
    MemorySegment.copy(kept, ValueLayout.JAVA_BYTE, 0, waiting.array(), waiting.position(), size);
    waiting.position(waiting.position() + size);
    waiting.put(new byte[padded - size]);
    waiting.putShort((short) EPB_FLAGS).putShort((short) Integer.BYTES);
    waiting.putInt(outbound ? OUTBOUND : INBOUND);
    waiting.putInt(0); // end of options
    waiting.putInt(total);
  }

  /** Ends the section with what is known of the whole, said of its last interface. */
  void end(long started, long ended, long received, long dropped) throws IOException {
    write(
        new Block(INTERFACE_STATISTICS)
            .number32(current)
            .time(ended)
            .timeOption(ISB_STARTTIME, started)
            .timeOption(ISB_ENDTIME, ended)
            .option(ISB_IFRECV, received)
            .option(ISB_IFDROP, dropped)
            .endOfOptions()
            .finish());
    flush();
  }

  /** Lets all that was added reach the file. */
  void flush() throws IOException {
    waiting.flip();
    while (waiting.hasRemaining()) {
      channel.write(waiting);
    }
    waiting.clear();
  }

  private void write(byte[] block) throws IOException {
    flush();
    ByteBuffer bytes = ByteBuffer.wrap(block);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
