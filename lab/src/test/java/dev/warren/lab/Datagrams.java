package dev.warren.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

/** Numbered datagrams between two hosts. */
final class Datagrams implements AutoCloseable {
  /** Nothing came for so long after the last was sent: nothing will. */
  private static final int QUIET = 700;

  private final DatagramSocket sender;
  private final DatagramSocket receiver;
  private volatile boolean sending;

  private Datagrams(DatagramSocket sender, DatagramSocket receiver) {
    this.sender = sender;
    this.receiver = receiver;
  }

  /** From one host to another one, which know each other's hardware addresses already. */
  static Datagrams between(Host from, Host to, String fromAddress, String toAddress)
      throws Exception {
    DatagramSocket sender = open(from, fromAddress);
    DatagramSocket receiver = open(to, toAddress);
    sender.connect(receiver.getLocalSocketAddress());
    receiver.connect(sender.getLocalSocketAddress());
    return new Datagrams(sender, receiver);
  }

  private static DatagramSocket open(Host host, String address) throws Exception {
    return host.call(
        () -> new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0)));
  }

  /**
   * Sends numbers from 0, slowly enough for the smallest of buffers.
   *
   * @return those that arrive, in order
   */
  List<Integer> send(int count, int size) throws Exception {
    sending = true;
    FutureTask<List<Integer>> receiving = new FutureTask<>(this::received);
    Thread.ofVirtual().start(receiving);
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[size];
      ByteBuffer.wrap(bytes).putInt(i);
      sender.send(new DatagramPacket(bytes, size));
      if (i % 10 == 9) {
        Thread.sleep(2);
      }
    }
    sending = false;
    return receiving.get();
  }

  private List<Integer> received() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    receiver.setSoTimeout(QUIET);
    DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
    while (true) {
      boolean last = !sending;
      try {
        receiver.receive(packet);
      } catch (SocketTimeoutException quiet) {
        if (last) {
          return numbers;
        }
        continue;
      }
      numbers.add(ByteBuffer.wrap(packet.getData()).getInt());
    }
  }

  /**
   * Lets the receiver send one back first, after which both kernels know the other's hardware
   * address. What waits for an address is overtaken now and then by what is sent when it comes.
   */
  void introduce() throws IOException {
    sender.setSoTimeout(20_000);
    receiver.send(new DatagramPacket(new byte[1], 1));
    sender.receive(new DatagramPacket(new byte[1], 1));
  }

  /** The shortest of some round trips; what is lost is sent again. */
  Duration roundTrip() throws IOException {
    long shortest = Long.MAX_VALUE;
    sender.setSoTimeout(2000);
    receiver.setSoTimeout(2000);
    DatagramPacket packet = new DatagramPacket(new byte[64], 64);
    for (int i = 0; i < 8; i++) {
      long start = System.nanoTime();
      try {
        sender.send(packet);
        receiver.receive(packet);
        packet.setLength(64);
        receiver.send(packet);
        sender.receive(packet);
        shortest = Math.min(shortest, System.nanoTime() - start);
      } catch (SocketTimeoutException lost) {
        // The next one may get through.
      }
    }
    return Duration.ofNanos(shortest);
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
  }
}
