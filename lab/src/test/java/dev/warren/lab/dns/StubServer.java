package dev.warren.lab.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server of a forwarded zone, on one port of 127.0.0.1 for both transports. It keeps what it gets
 * and answers what the test says, be it DNS or not.
 */
final class StubServer implements AutoCloseable {

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Function<byte[], List<byte[]>> answers;
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

  /** A server with, for every message it gets, these answers. */
  StubServer(Function<byte[], List<byte[]>> answers) throws IOException {
    this.answers = answers;
    this.tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(() -> untilClosed(this::serveUdp));
    Thread.ofPlatform().daemon().start(() -> untilClosed(this::acceptTcp));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) udp.getLocalSocketAddress();
  }

  /** The next message that came; null when none comes in ten seconds. */
  byte @Nullable [] takeReceived() throws InterruptedException {
    return received.poll(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }

  private interface Step {
    void run() throws IOException;
  }

  private void untilClosed(Step step) {
    while (!udp.isClosed()) {
      try {
        step.run();
      } catch (IOException e) {
        // Closed, or a client that went away.
      }
    }
  }

  private void serveUdp() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
    udp.receive(packet);
    byte[] message = Arrays.copyOf(packet.getData(), packet.getLength());
    received.add(message);
    for (byte[] answer : answers.apply(message)) {
      udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
    }
  }

  private void acceptTcp() throws IOException {
    Socket client = tcp.accept();
    Thread.ofPlatform().daemon().start(() -> serveTcp(client));
  }

  private void serveTcp(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      while (true) {
        byte[] message = in.readNBytes(in.readUnsignedShort());
        received.add(message);
        for (byte[] answer : answers.apply(message)) {
          out.writeShort(answer.length);
          out.write(answer);
        }
      }
    } catch (IOException e) {
      // The client is done.
    }
  }
}
