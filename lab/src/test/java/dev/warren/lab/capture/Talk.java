package dev.warren.lab.capture;

import dev.warren.lab.Host;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Datagrams between hosts of 10.1.0.0/24, and what a capture has of them. */
final class Talk {
  static final int PORT = 4711;

  private Talk() {}

  static PcapngReader read(Path file) throws IOException {
    return new PcapngReader(Files.readAllBytes(file));
  }

  /** Questions from one host to another, and answers: {@code q0}, {@code r0}, {@code q1}, ... */
  static void talk(Host from, Host to, int times) throws Exception {
    int number = to.description().interfaces().getFirst().number();
    InetSocketAddress there = new InetSocketAddress("10.1.0." + number, PORT);
    try (DatagramSocket server = to.call(() -> new DatagramSocket(there));
        DatagramSocket client = from.call(() -> new DatagramSocket())) {
      server.setSoTimeout(20_000);
      client.setSoTimeout(20_000);
      for (int i = 0; i < times; i++) {
        byte[] question = {'q', (byte) ('0' + i)};
        client.send(new DatagramPacket(question, 2, there));
        DatagramPacket got = new DatagramPacket(new byte[2], 2);
        server.receive(got);
        byte[] answer = {'r', (byte) ('0' + i)};
        server.send(new DatagramPacket(answer, 2, got.getSocketAddress()));
        client.receive(got);
      }
    }
  }

  static boolean isDatagram(PcapngReader.Packet packet) {
    byte[] frame = packet.frame();
    return packet.type() == 0x800
        && frame[23] == 17
        && (port(frame, 34) == PORT || port(frame, 36) == PORT);
  }

  static int port(byte[] frame, int at) {
    return ((frame[at] & 0xff) << 8) | (frame[at + 1] & 0xff);
  }

  /** What the datagrams of a capture say. */
  static List<String> datagrams(Path file) throws IOException {
    return read(file).packets.stream()
        .filter(Talk::isDatagram)
        .map(packet -> "" + (char) packet.frame()[42] + (char) packet.frame()[43])
        .toList();
  }
}
