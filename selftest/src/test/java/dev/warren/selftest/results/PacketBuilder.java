package dev.warren.selftest.results;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32;

/** Writes a packet of subunit, version 2; its parts are to be added in their order. */
final class PacketBuilder {
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private int flags;

  /** A packet with this number of a status. */
  PacketBuilder(int status) {
    flags = 0x2100 | status;
  }

  PacketBuilder at(Instant time) {
    part(0x0200, ByteBuffer.allocate(4).putInt((int) time.getEpochSecond()).array());
    number(time.getNano());
    return this;
  }

  PacketBuilder test(String id) {
    flags |= 0x0800;
    text(id);
    return this;
  }

  PacketBuilder tags(String... tags) {
    flags |= 0x0080;
    number(tags.length);
    for (String tag : tags) {
      text(tag);
    }
    return this;
  }

  PacketBuilder file(String name, String mimeType, String content) {
    flags |= 0x0060;
    text(mimeType);
    text(name);
    text(content);
    return this;
  }

  PacketBuilder route(String route) {
    flags |= 0x0400;
    text(route);
    return this;
  }

  PacketBuilder part(int flag, byte[] bytes) {
    flags |= flag;
    parts.writeBytes(bytes);
    return this;
  }

  byte[] bytes() {
    int rest = 3 + parts.size() + 4;
    int length = rest + 1 > 63 ? rest + 2 > 0x3fff ? rest + 3 : rest + 2 : rest + 1;
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(0xb3);
    packet.write(flags >> 8);
    packet.write(flags);
    number(packet, length);
    packet.writeBytes(parts.toByteArray());
    CRC32 sum = new CRC32();
    sum.update(packet.toByteArray());
    packet.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    return packet.toByteArray();
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    parts.writeBytes(bytes);
  }

  private void number(int value) {
    number(parts, value);
  }

  private static void number(ByteArrayOutputStream out, int value) {
    int extra = value < 1 << 6 ? 0 : value < 1 << 14 ? 1 : value < 1 << 22 ? 2 : 3;
    out.write((extra << 6) | (value >> (8 * extra)));
    for (int i = extra - 1; i >= 0; i--) {
      out.write(value >> (8 * i));
    }
  }
}
