package dev.warren.lab.capture;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Warren writes, by what the draft says and not by what the writer does: every block
 * must end as it began.
 */
final class PcapngReader {
  final List<Packet> packets = new ArrayList<>();
  final Map<InetAddress, List<String>> names = new LinkedHashMap<>();
  final List<String> interfaceNames = new ArrayList<>();
  int sections;
  private int interfacesOfSection;
  String application = "";
  int resolution = 6;

  /** Whether the last block is not there as a whole: who writes is at work. */
  boolean truncated;

  long received = -1;
  long dropped = -1;

  /**
   * A packet.
   *
   * @param direction 1 in, 2 out
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Packet(byte[] frame, int length, long nanos, int direction) {
    /** The type of what is in the Ethernet frame. */
    int type() {
      return ByteBuffer.wrap(frame).getShort(12) & 0xffff;
    }

    /** The type of an ICMP message in IPv4: 8 asks, 0 answers; -1 when it is none. */
    int icmp() {
      return type() == 0x800 && frame[23] == 1 ? frame[34] : -1;
    }
  }

  PcapngReader(byte[] file) throws UnknownHostException {
    ByteBuffer all = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (all.hasRemaining()) {
      int start = all.position();
      if (all.remaining() < 12 || all.getInt(start + 4) > all.remaining()) {
        truncated = true;
        return;
      }
      int type = all.getInt();
      int length = all.getInt();
      if (length % 4 != 0 || all.getInt(start + length - 4) != length) {
        throw new IllegalStateException("a block does not end as it begins, at " + start);
      }
      ByteBuffer body = all.slice(start + 8, length - 12).order(ByteOrder.LITTLE_ENDIAN);
      block(type, body);
      all.position(start + length);
    }
  }

  private void block(int type, ByteBuffer body) throws UnknownHostException {
    switch (type) {
      case 0x0A0D0D0A -> {
        if (body.getInt() != 0x1A2B3C4D || body.getShort() != 1) {
          throw new IllegalStateException("no section of version 1 in this byte order");
        }
        sections++;
        interfacesOfSection = 0;
        application = text(options(body.position(16)).get(4));
      }
      case 1 -> {
        Map<Integer, byte[]> options = options(body.position(8));
        interfacesOfSection++;
        interfaceNames.add(text(options.get(2)));
        resolution = options.getOrDefault(9, new byte[] {6})[0];
      }
      case 4 -> names(body);
      case 5 -> {
        Map<Integer, byte[]> options = options(body.position(12));
        received = number(options.get(4));
        dropped = number(options.get(5));
      }
      case 6 -> packet(body);
      default -> throw new IllegalStateException("block of type " + type);
    }
  }

  private void packet(ByteBuffer body) {
    if (body.getInt() != interfacesOfSection - 1) {
      throw new IllegalStateException("a packet of another interface than the last one");
    }
    long time = ((long) body.getInt() << 32) | (body.getInt() & 0xffffffffL);
    byte[] frame = new byte[body.getInt()];
    int length = body.getInt();
    body.get(frame);
    body.position((body.position() + 3) & ~3);
    byte[] flags = options(body).getOrDefault(2, new byte[4]);
    packets.add(new Packet(frame, length, time, flags[0] & 3));
  }

  private void names(ByteBuffer body) throws UnknownHostException {
    for (Map.Entry<Integer, byte[]> record : records(body)) {
      byte[] value = record.getValue();
      int size = record.getKey() == 1 ? 4 : 16;
      String text = new String(value, size, value.length - size, StandardCharsets.UTF_8);
      names.put(InetAddress.getByAddress(Arrays.copyOf(value, size)), List.of(text.split("\0")));
    }
  }

  private static Map<Integer, byte[]> options(ByteBuffer body) {
    Map<Integer, byte[]> options = new LinkedHashMap<>();
    records(body).forEach(record -> options.put(record.getKey(), record.getValue()));
    return options;
  }

  private static List<Map.Entry<Integer, byte[]>> records(ByteBuffer body) {
    List<Map.Entry<Integer, byte[]>> records = new ArrayList<>();
    while (body.remaining() >= 4) {
      int code = body.getShort() & 0xffff;
      byte[] value = new byte[body.getShort() & 0xffff];
      if (code == 0) {
        break;
      }
      body.get(value);
      body.position((body.position() + 3) & ~3);
      records.add(Map.entry(code, value));
    }
    return records;
  }

  private static String text(byte @Nullable [] value) {
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }

  private static long number(byte @Nullable [] value) {
    return value == null ? -1 : ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }
}
