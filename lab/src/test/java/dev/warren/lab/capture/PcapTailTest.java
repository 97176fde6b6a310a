package dev.warren.lab.capture;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pcap file is read while it grows. */
class PcapTailTest {
  @TempDir private Path folder;

  static byte[] fileHeader() {
    return ByteBuffer.allocate(24)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0xA1B2C3D4)
        .putShort((short) 2)
        .putShort((short) 4)
        .putLong(0)
        .putInt(65535)
        .putInt(101)
        .array();
  }

  static byte[] packet(String text) {
    return ByteBuffer.allocate(16 + text.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(12)
        .putInt(345)
        .putInt(text.length())
        .putInt(text.length() + 7)
        .put(text.getBytes(US_ASCII))
        .array();
  }

  @Test
  void aFileThatIsNotThereHasNothingYet() throws IOException {
    try (PcapTail tail = new PcapTail(folder.resolve("later"))) {
      assertThat(tail.next()).isEmpty();
    }
  }

  @Test
  void whatIsWrittenByteByByteComesPacketByPacket() throws IOException {
    Path file = folder.resolve("pcap");
    try (PcapTail tail = new PcapTail(file)) {
      ByteBuffer all =
          ByteBuffer.allocate(200).put(fileHeader()).put(packet("one")).put(packet("three")).flip();
      StringBuilder read = new StringBuilder();
      while (all.hasRemaining()) {
        Files.write(
            file, new byte[] {all.get()}, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        for (Optional<PcapTail.Packet> next = tail.next(); next.isPresent(); next = tail.next()) {
          PcapTail.Packet packet = next.get();
          assertThat(packet.time()).isEqualTo(12_000_345_000L);
          assertThat(packet.length()).isEqualTo(packet.bytes().length + 7);
          read.append(new String(packet.bytes(), US_ASCII)).append(' ');
        }
      }
      assertThat(read).hasToString("one three ");
    }
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("other"), "x".repeat(100));
    try (PcapTail tail = new PcapTail(file)) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(tail::next)
          .withMessageContaining("is no capture as socket_wrapper makes it");
    }
  }

  /** Whatever the file holds: packets, the end, or an error that says so. */
  @Test
  void damageIsAnErrorOrAnEnd() throws IOException {
    Random chance = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes =
          ByteBuffer.allocate(24 + 19 + 21)
              .put(fileHeader())
              .put(packet("one"))
              .put(packet("three"))
              .array();
      for (int change = 0; change < 3; change++) {
        bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt();
      }
      try (PcapTail tail = new PcapTail(Files.write(folder.resolve("damaged"), bytes))) {
        int packets = 0;
        while (tail.next().isPresent()) {
          packets++;
        }
        assertThat(packets).isLessThan(5);
      } catch (IOException told) {
        assertThat(told.getMessage()).contains("damaged");
      }
    }
  }
}
