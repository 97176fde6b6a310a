package dev.warren.lab.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** The service on real sockets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DnsServiceTest {

  private final List<Closeable> toClose = new ArrayList<>();
  private DnsService service;
  private DatagramChannel udp;
  private ServerSocketChannel tcp;
  private Closeable listening;

  DnsServiceTest() throws IOException {
    service = DnsService.start(Labs.records());
    listen();
  }

  @AfterEach
  void stop() throws IOException {
    for (Closeable closeable : toClose) {
      closeable.close();
    }
    service.close();
  }

  @Test
  void answersComeOverUdp() throws IOException {
    assertThat(Queries.data(Queries.parse(askUdp(Queries.wire(1, "a.", Type.A)))))
        .containsExactly("10.53.57.1");
  }

  @Test
  void oneConnectionCarriesManyQueries() throws IOException {
    try (TcpAsker asker = new TcpAsker(tcp.getLocalAddress())) {
      for (int id = 0; id < 100; id++) {
        asker.send(Queries.wire(id, "a.", Type.A));
      }
      for (int id = 0; id < 100; id++) {
        assertThat(Queries.parse(asker.receive()).getHeader().getID()).isEqualTo(id);
      }
    }
  }

  @Test
  void aQueryThatComesInPiecesIsPutTogether() throws IOException {
    byte[] query = Queries.wire(5, "a.", Type.A);
    try (TcpAsker asker = new TcpAsker(tcp.getLocalAddress())) {
      asker.out().write(0);
      asker.out().flush();
      asker.out().write(query.length);
      asker.out().write(query, 0, 3);
      asker.out().flush();
      asker.out().write(query, 3, query.length - 3);

      assertThat(Queries.parse(asker.receive()).getHeader().getID()).isEqualTo(5);
    }
  }

  @Test
  void anUpdateIsForwardedByteForByteOverUdpAndSoIsTheAnswer() throws Exception {
    byte[] update = Queries.signedUpdate("samba.example.com", "new");
    byte[] reply = reply(update, "whatever the server says, signature and all");
    StubServer dc = server(message -> List.of(reply));
    service.forward("samba.example.com", dc.address(), SocketFactory.here());

    assertThat(askUdp(update)).isEqualTo(reply);
    assertThat(dc.takeReceived()).isEqualTo(update);
  }

  @Test
  void aKeyExchangeIsForwardedByteForByteOverTcp() throws Exception {
    byte[] tkey = Queries.wire(9, "1.sig-localdc.samba.example.com.", Type.TKEY);
    byte[] reply = reply(tkey, "token");
    StubServer dc = server(message -> List.of(reply));
    service.forward("samba.example.com", dc.address(), SocketFactory.here());
    try (TcpAsker asker = new TcpAsker(tcp.getLocalAddress())) {
      asker.send(tkey);

      assertThat(asker.receive()).isEqualTo(reply);
      assertThat(dc.takeReceived()).isEqualTo(tkey);
    }
  }

  @Test
  void aBigAnswerComesWholeOverTcp() throws Exception {
    byte[] query = Queries.wire(9, "big.fwd.", Type.TXT);
    byte[] reply = reply(query, "x".repeat(65_000));
    StubServer big = server(message -> List.of(reply));
    service.forward("fwd", big.address(), SocketFactory.here());
    try (TcpAsker asker = new TcpAsker(tcp.getLocalAddress())) {
      asker.send(query);

      assertThat(asker.receive()).isEqualTo(reply);
    }
  }

  @Test
  void aZoneTransferHasManyMessagesForOneQuery() throws Exception {
    byte[] query = Queries.wire(9, "fwd.", Type.AXFR);
    StubServer big = server(m -> List.of(reply(m, "one"), reply(m, "two"), reply(m, "three")));
    service.forward("fwd", big.address(), SocketFactory.here());
    try (TcpAsker asker = new TcpAsker(tcp.getLocalAddress())) {
      asker.send(query);

      assertThat(List.of(asker.receive(), asker.receive(), asker.receive()))
          .containsExactly(reply(query, "one"), reply(query, "two"), reply(query, "three"));
    }
  }

  @Test
  void aSilentServerIsAServfailWithTheQuerysIdAndQuestion() throws IOException {
    restart(Duration.ofMillis(200));
    StubServer silent = server(message -> List.of());
    service.forward("fwd", silent.address(), SocketFactory.here());

    Message overUdp = Queries.parse(askUdp(Queries.wire(0xabcd, "x.fwd.", Type.A)));
    assertThat(overUdp.getHeader().getID()).isEqualTo(0xabcd);
    assertThat(overUdp.getQuestion().getName()).hasToString("x.fwd.");
    assertThat(Queries.code(overUdp)).isEqualTo("SERVFAIL");
    try (TcpAsker asker = new TcpAsker(tcp.getLocalAddress())) {
      asker.send(Queries.wire(0xdcba, "x.fwd.", Type.A));
      Message overTcp = Queries.parse(asker.receive());
      assertThat(overTcp.getHeader().getID()).isEqualTo(0xdcba);
      assertThat(Queries.code(overTcp)).isEqualTo("SERVFAIL");
    }
  }

  @Test
  void aPortThatNobodyListensOnIsAServfailAtOnce() throws IOException {
    InetSocketAddress nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = (InetSocketAddress) socket.getLocalSocketAddress();
    }
    restart(Duration.ofHours(1));
    service.forward("fwd", nobody, SocketFactory.here());

    assertThat(Queries.code(Queries.parse(askUdp(Queries.wire(1, "x.fwd.", Type.A)))))
        .isEqualTo("SERVFAIL");
    try (TcpAsker asker = new TcpAsker(tcp.getLocalAddress())) {
      asker.send(Queries.wire(2, "x.fwd.", Type.A));
      assertThat(Queries.code(Queries.parse(asker.receive()))).isEqualTo("SERVFAIL");
    }
  }

  @Test
  void aSilentServerDelaysNobodyElse() throws IOException {
    restart(Duration.ofHours(1));
    StubServer silent = server(message -> List.of());
    StubServer quick = server(message -> List.of(reply(message, "quick")));
    service.forward("silent", silent.address(), SocketFactory.here());
    service.forward("quick", quick.address(), SocketFactory.here());
    byte[] query = Queries.wire(3, "x.quick.", Type.A);
    try (TcpAsker asker = new TcpAsker(tcp.getLocalAddress())) {
      asker.send(Queries.wire(1, "x.silent.", Type.A));
      asker.send(Queries.wire(2, "a.", Type.A));
      asker.send(query);

      assertThat(List.of(Wire.id(asker.receive()), Wire.id(asker.receive())))
          .containsExactlyInAnyOrder(2, 3);
    }
    assertThat(askUdp(query)).isEqualTo(reply(query, "quick"));
  }

  @Test
  void manyQueriesCanBeOnTheirWayAtOnce() throws Exception {
    List<byte[]> held = new CopyOnWriteArrayList<>();
    StubServer silent =
        server(
            message -> {
              held.add(message);
              return List.of();
            });
    service.forward("fwd", silent.address(), SocketFactory.here());
    StubServer quick = server(message -> List.of(reply(message, "quick")));
    service.forward("quick.fwd", quick.address(), SocketFactory.here());
    int many = 60; // what fits into the sockets' buffers at once
    Set<Integer> answered = new HashSet<>();
    try (DatagramSocket client = client()) {
      for (int id = 0; id < many; id++) {
        send(client, Queries.wire(id, "x.fwd.", Type.A));
        send(client, Queries.wire(1000 + id, "x.quick.fwd.", Type.A));
      }
      for (int i = 0; i < many; i++) {
        answered.add(Wire.id(receive(client)));
      }
    }
    assertThat(answered).hasSize(many).allMatch(id -> id >= 1000);
    Awaitility.await().until(() -> held.size() == many);
  }

  @Test
  void twoClientsWithTheSameIdGetTheirOwnAnswers() throws IOException {
    StubServer echo = server(message -> List.of(reply(message, "to you")));
    service.forward("fwd", echo.address(), SocketFactory.here());
    byte[] first = Queries.wire(7, "one.fwd.", Type.A);
    byte[] second = Queries.wire(7, "two.fwd.", Type.A);
    try (DatagramSocket one = client();
        DatagramSocket two = client()) {
      send(one, first);
      send(two, second);

      assertThat(receive(two)).isEqualTo(reply(second, "to you"));
      assertThat(receive(one)).isEqualTo(reply(first, "to you"));
    }
  }

  @Test
  void anAnswerToAnotherQueryIsNotPassedOn() throws IOException {
    byte[] query = Queries.wire(7, "x.fwd.", Type.A);
    byte[] stray = reply(Queries.wire(8, "x.fwd.", Type.A), "stray");
    StubServer server = server(message -> List.of(stray, reply(message, "right")));
    service.forward("fwd", server.address(), SocketFactory.here());

    assertThat(askUdp(query)).isEqualTo(reply(query, "right"));
  }

  @Test
  void socketsToForwardByComeFromTheFactory() throws IOException {
    SocketFactory broken =
        new SocketFactory() {
          @Override
          public DatagramChannel openUdp(ProtocolFamily family) throws IOException {
            throw new IOException("no host, no socket");
          }

          @Override
          public SocketChannel openTcp(ProtocolFamily family) throws IOException {
            throw new IOException("no host, no socket");
          }
        };
    service.forward("fwd", new InetSocketAddress(InetAddress.getLoopbackAddress(), 53), broken);

    assertThat(Queries.code(Queries.parse(askUdp(Queries.wire(1, "x.fwd.", Type.A)))))
        .isEqualTo("SERVFAIL");
    try (TcpAsker asker = new TcpAsker(tcp.getLocalAddress())) {
      asker.send(Queries.wire(2, "x.fwd.", Type.A));
      assertThat(Queries.code(Queries.parse(asker.receive()))).isEqualTo("SERVFAIL");
    }
  }

  @Test
  void aClientThatHasSaidEverythingStillGetsItsAnswers() throws IOException {
    StubServer echo = server(message -> List.of(reply(message, "later")));
    service.forward("fwd", echo.address(), SocketFactory.here());
    byte[] query = Queries.wire(1, "x.fwd.", Type.A);
    try (TcpAsker asker = new TcpAsker(tcp.getLocalAddress())) {
      asker.send(query);
      asker.shutdownOutput();

      assertThat(asker.receive()).isEqualTo(reply(query, "later"));
      assertThat(asker.read()).isEqualTo(-1);
    }
  }

  @Test
  void recordsAndZonesChangeWhileItRuns() throws IOException {
    byte[] query = Queries.wire(1, "a.", Type.A);
    service.records(DnsRecords.none());
    assertThat(Queries.code(Queries.parse(askUdp(query)))).isEqualTo("NXDOMAIN");

    StubServer server = server(message -> List.of(reply(message, "mine")));
    service.forward("a", server.address(), SocketFactory.here());
    assertThat(askUdp(query)).isEqualTo(reply(query, "mine"));

    service.endForward("A.");
    service.records(Labs.records());
    assertThat(Queries.data(Queries.parse(askUdp(query)))).containsExactly("10.53.57.1");
  }

  @Test
  void garbageOnOneConnectionHurtsNoOther() throws IOException {
    try (TcpAsker bad = new TcpAsker(tcp.getLocalAddress());
        TcpAsker good = new TcpAsker(tcp.getLocalAddress())) {
      bad.out().write(new byte[] {0, 3, 1, 2, 3});
      assertThat(bad.read()).isEqualTo(-1);
      good.send(Queries.wire(1, "a.", Type.A));

      assertThat(Wire.id(good.receive())).isEqualTo(1);
    }
  }

  @Test
  void whenListeningEndsTheSocketsAreClosedAndTheServiceGoesOn() throws IOException {
    listening.close();

    Awaitility.await().until(() -> !udp.isOpen() && !tcp.isOpen());
    listen();
    assertThat(askUdp(Queries.wire(1, "a.", Type.A))).isNotEmpty();
  }

  @Test
  void closingClosesEverySocketAndMayBeDoneTwice() throws IOException {
    try (TcpAsker asker = new TcpAsker(tcp.getLocalAddress())) {
      asker.send(Queries.wire(1, "a.", Type.A));
      assertThat(asker.receive()).isNotEmpty();

      service.close();
      service.close();

      assertThat(udp.isOpen() || tcp.isOpen()).isFalse();
      assertThat(asker.read()).isEqualTo(-1);
      assertThatThrownBy(this::listen).isInstanceOf(IllegalStateException.class);
    }
  }

  private void restart(Duration timeLimit) throws IOException {
    service.close();
    service = DnsService.start(Labs.records(), timeLimit);
    listen();
  }

  private void listen() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    udp = DatagramChannel.open().bind(anyPort);
    tcp = ServerSocketChannel.open().bind(anyPort);
    listening = service.listen(udp, tcp);
  }

  private StubServer server(Function<byte[], List<byte[]>> answers) throws IOException {
    StubServer server = new StubServer(answers);
    toClose.add(server::close);
    return server;
  }

  /** Something that has the id and the looks of an answer to a query, and is no DNS behind that. */
  private static byte[] reply(byte[] query, String text) {
    byte[] tail = text.getBytes(StandardCharsets.UTF_8);
    byte[] reply = Arrays.copyOf(query, Wire.HEADER + tail.length);
    reply[2] |= (byte) 0x80;
    System.arraycopy(tail, 0, reply, Wire.HEADER, tail.length);
    return reply;
  }

  private DatagramSocket client() throws IOException {
    DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    client.setSoTimeout(TcpAsker.PATIENCE);
    return client;
  }

  private byte[] askUdp(byte[] query) throws IOException {
    try (DatagramSocket client = client()) {
      send(client, query);
      return receive(client);
    }
  }

  private void send(DatagramSocket client, byte[] query) throws IOException {
    client.send(new DatagramPacket(query, query.length, udp.getLocalAddress()));
  }

  private static byte[] receive(DatagramSocket client) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
    client.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }
}
