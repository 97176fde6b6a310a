package dev.warren.selftest.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.subunit.SubunitEvent.TestStarted;
import dev.warren.selftest.subunit.SubunitEvent.Time;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Subunit2ReaderTest {

  /** The packet that subunit's README has for an example: test foo exists. */
  private static final String README = "b3 2901 0c 03 666f6f 08555f1b";

  @Test
  void readsThePacketOfTheDocumentation() {
    List<SubunitEvent> events = read(HexFormat.of().parseHex(README.replace(" ", "")));
    assertThat(events).isEmpty();
  }

  @Test
  void readsStartAndEnd() {
    assertThat(read(packet(2, "a.b"), packet(3, "a.b")))
        .extracting(Object::toString)
        .containsExactly(
            "TestStarted[id=a.b]", "TestFinished[id=a.b, outcome=SUCCESS, reason=Optional.empty]");
  }

  @Test
  void readsEveryStatus() {
    assertThat(
            results(
                packet(3, "a"),
                packet(4, "b"),
                packet(5, "c"),
                packet(6, "d"),
                packet(7, "e"),
                packet(1, "f"),
                packet(2, "g")))
        .containsExactly(
            "success: a",
            "uxsuccess: b",
            "skip: c",
            "failure: d",
            "xfail: e",
            "error: g: was started but never finished!");
  }

  @Test
  void makesAReasonOfAttachments() {
    assertThat(
            results(
                packet(2, "a"),
                new PacketBuilder(0)
                    .test("a")
                    .file("traceback", "text/x-traceback", "line 1\n")
                    .bytes(),
                new PacketBuilder(0)
                    .test("a")
                    .file("traceback", "text/x-traceback", "line 2\n")
                    .bytes(),
                packet(6, "a"),
                new PacketBuilder(6)
                    .test("b")
                    .file("log", "text/plain;charset=utf8", "said")
                    .bytes()))
        .containsExactly("failure: a: line 1\nline 2", "failure: b: said");
  }

  @Test
  void namesSeveralAttachmentsAndCountsBinaryOnes() {
    assertThat(
            results(
                new PacketBuilder(0).test("a").file("log", "text/plain", "said").bytes(),
                new PacketBuilder(0)
                    .test("a")
                    .file("core", "application/octet-stream", "xyz")
                    .bytes(),
                packet(6, "a")))
        .containsExactly("failure: a: log:\nsaid\ncore:\n(3 bytes of application/octet-stream)");
  }

  @Test
  void readsTimesTagsAndRoutes() {
    byte[] packet =
        new PacketBuilder(3)
            .at(Instant.parse("2026-03-01T12:00:05.25Z"))
            .test("a")
            .tags("x", "y")
            .route("0/1")
            .bytes();
    assertThat(read(packet))
        .startsWith(new Time(Instant.parse("2026-03-01T12:00:05.25Z")), new TestStarted("a"));
  }

  @Test
  void tellsTestsOfTwoRoutesApart() {
    assertThat(
            results(
                new PacketBuilder(2).test("a").route("0").bytes(),
                new PacketBuilder(2).test("a").route("1").bytes(),
                new PacketBuilder(6).test("a").route("1").bytes(),
                new PacketBuilder(3).test("a").route("0").bytes()))
        .containsExactly("failure: a #2", "success: a");
  }

  @Test
  void takesWhatIsInNoPacketForOutput() {
    List<SubunitEvent> events =
        read(
            Readings.bytes("before\nund \u00f3 \u00b3"), packet(3, "a"), Readings.bytes("after\n"));
    // The first byte of a packet is within those characters too.
    assertThat(Readings.output(events)).containsExactly("before", "und \u00f3 \u00b3after");
    assertThat(Readings.results(events)).containsExactly("success: a");
  }

  @Test
  void takesFilesOfNoTestForOutput() {
    byte[] packet = new PacketBuilder(0).file("stdout", "text/plain", "hello\n").bytes();
    assertThat(Readings.output(read(packet))).containsExactly("hello");
  }

  @Test
  void makesAnErrorOfADamagedPacket() {
    byte[] damaged = packet(6, "a");
    damaged[5] ^= 1;
    assertThat(results(packet(3, "x"), damaged, packet(3, "y")))
        .containsExactly(
            "success: x", "error: subunit.parser: the checksum of a packet is wrong", "success: y");
  }

  @Test
  void makesAnErrorOfAPacketThatIsCutOff() {
    byte[] cut = Arrays.copyOf(packet(3, "a"), 7);
    assertThat(results(cut))
        .containsExactly("error: subunit.parser: a packet is cut off after 7 bytes");
  }

  @Test
  void makesAnErrorOfPartsThatAreTooLong() {
    byte[] packet = new PacketBuilder(3).part(0x0800, new byte[] {63, 'a'}).bytes();
    assertThat(results(packet))
        .containsExactly("error: subunit.parser: a part of a packet goes beyond its end");
  }

  @Test
  void readsOtherBinaryOutput() {
    byte[] bytes = {(byte) 0xb3, (byte) 0xb3, 0x10, (byte) 0xb3, 0x20, 0x08, 'x', '\n'};
    List<SubunitEvent> events = read(bytes, packet(3, "a"));
    assertThat(Readings.results(events)).containsExactly("success: a");
  }

  @Test
  void isConsistentWhateverTheBytes() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int i = random.nextInt(12); i > 0; i--) {
        byte[] packet = packet(random.nextInt(8), "t" + random.nextInt(3));
        if (random.nextInt(3) == 0) {
          packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
        }
        out.writeBytes(random.nextInt(8) == 0 ? Arrays.copyOf(packet, 5) : packet);
        if (random.nextInt(4) == 0) {
          out.write(random.nextInt(256));
        }
      }
      byte[] bytes = out.toByteArray();
      List<SubunitEvent> events = Readings.events(ResultFormat.SUBUNIT2, bytes, 9);
      Readings.assertConsistent(events);
      assertThat(Readings.events(ResultFormat.SUBUNIT2, bytes, 1)).isEqualTo(events);
    }
  }

  private static byte[] packet(int status, String test) {
    return new PacketBuilder(status).test(test).bytes();
  }

  private static List<String> results(byte[]... pieces) {
    return Readings.results(read(pieces));
  }

  private static List<SubunitEvent> read(byte[]... pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return Readings.events(ResultFormat.SUBUNIT2, all.toByteArray(), Math.max(1, all.size()));
  }
}
