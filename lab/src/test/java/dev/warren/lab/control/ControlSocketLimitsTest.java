package dev.warren.lab.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.control.RequestLines.Limits;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of a lab's socket that want too much: they are told so, and others are served. */
@Timeout(60)
class ControlSocketLimitsTest {
  private static final LabRequest REQUEST = new LabRequest.Heal("lan");
  private static final String LINE = ControlSocket.REQUESTS.line(REQUEST) + "\n";

  /** Short enough to wait for, and long enough for a machine that is busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @TempDir Path folder;
  private final List<SocketChannel> channels = new ArrayList<>();

  @AfterEach
  void leave() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }

  @Test
  void oneConnectionTooManyIsToldSo() throws Exception {
    try (ControlSocket _ = listen(Limits.STANDARD)) {
      for (int i = 0; i < 64; i++) {
        assertThat(answer(say(connect(), LINE))).contains("yes");
      }

      try (ControlClient client = ControlClient.connect(lab())) {
        assertThat(client.ask(REQUEST))
            .isEqualTo(
                new LabAnswer.Failure(
                    "the lab has 64 connections already: try again when others have ended", false));
      }
      assertThat(answer(say(channels.getLast(), LINE))).as("who was served is so").contains("yes");
      channels.getFirst().close();
      await().untilAsserted(this::isServed);
    }
  }

  @Test
  void aLineWithoutEndIsRefused() throws Exception {
    try (ControlSocket _ = listen(Limits.STANDARD)) {
      SocketChannel endless = connect();
      ByteBuffer piece = ByteBuffer.wrap(new byte[1 << 16]);
      int sent = 0;
      try {
        while (sent < 1 << 26) {
          sent += endless.write(piece.clear());
        }
      } catch (IOException cut) {
        // The second where it is closed before all that was sent has been read.
        assertThat(cut).hasMessageMatching("Broken pipe|Connection reset.*");
      }

      assertThat(sent).isLessThan(1 << 22);
      assertThat(answer(endless)).contains("a request is longer than 1048576 bytes");
      isServed();
    }
  }

  @Test
  void theLongestLineIsRead() throws Exception {
    try (ControlSocket _ = listen(Limits.STANDARD)) {
      String longest = " ".repeat((1 << 20) - LINE.length() + 1) + LINE;

      assertThat(answer(say(connect(), longest))).contains("yes");
      assertThat(answer(say(connect(), " " + longest))).contains("longer than");
    }
  }

  @Test
  void aLineThatIsNotEndedIsNotWaitedForForEver() throws Exception {
    try (ControlSocket _ = listen(new Limits(64, 1000, PATIENCE))) {
      SocketChannel slow = say(connect(), LINE + "{\"type\":");
      BufferedReader in = reader(slow);
      assertThat(in.readLine()).contains("yes");
      Thread dripping =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (true) {
                        say(slow, " ");
                        Thread.sleep(50);
                      }
                    } catch (IOException | InterruptedException cut) {
                      // That is the end of it.
                    }
                  });

      assertThat(in.readLine()).contains("no whole request within 2 seconds");
      assertThat(in.readLine()).isNull();
      dripping.join();
      isServed();
    }
  }

  @Test
  void aConnectionThatAsksForNothingIsNotKept() throws Exception {
    try (ControlSocket _ = listen(new Limits(64, 1000, PATIENCE))) {
      assertThat(answer(connect())).contains("no whole request within 2 seconds");
    }
  }

  @Test
  void aClientMayPauseBetweenRequests() throws Exception {
    try (ControlSocket _ = listen(new Limits(64, 1000, Duration.ofMillis(300)))) {
      SocketChannel client = connect();
      BufferedReader in = reader(client);
      say(client, LINE);
      assertThat(in.readLine()).contains("yes");

      Thread.sleep(1000);

      say(client, LINE);
      assertThat(in.readLine()).contains("yes");
    }
  }

  @Test
  void aClientThatTakesNoAnswerLosesItsPlace() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    String much = "yes".repeat(1 << 20);
    try (ControlSocket _ =
        ControlSocket.listen(
            folder,
            _ -> new LabAnswer.Done(asked.getAndIncrement() == 0 ? much : "yes"),
            (_, _) -> {
              throw new IOException("nothing to capture");
            },
            new Limits(1, 1000, PATIENCE))) {
      say(connect(), LINE);
      await().until(() -> asked.get() == 1);
      // Turned away before it has said a word, which it might not get rid of any more.
      assertThat(answer(connect())).contains("1 connections already");

      await().untilAsserted(this::isServed);
    }
  }

  @Test
  void halfAConnectionGetsItsAnswer() throws Exception {
    try (ControlSocket _ = listen(Limits.STANDARD)) {
      SocketChannel whole = say(connect(), LINE);
      whole.shutdownOutput();
      SocketChannel half = say(connect(), LINE.substring(0, 9));
      half.shutdownOutput();

      assertThat(answer(whole)).contains("yes");
      assertThat(answer(half)).contains("does not know this request");
      isServed();
    }
  }

  @Test
  void garbageIsRefusedAndHarmsNobody() throws Exception {
    try (ControlSocket _ = listen(Limits.STANDARD)) {
      for (int seed = 0; seed < 200; seed++) {
        RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed);
        byte[] garbage = new byte[random.nextInt(1, 3000)];
        random.nextBytes(garbage);
        try (SocketChannel client = connect()) {
          client.write(ByteBuffer.wrap(garbage));
          if (random.nextBoolean()) {
            client.shutdownOutput();
            String first = reader(client).readLine();
            assertThat(first == null || first.startsWith("{\"type\":\"failure\"")).isTrue();
          }
        } catch (IOException turnedAway) {
          assertThat(turnedAway).hasMessageMatching("Broken pipe|Connection reset.*");
        }
      }
      await().untilAsserted(this::isServed);
    }
  }

  @Test
  void whatIsNoUtf8IsRefused() throws Exception {
    try (ControlSocket _ = listen(Limits.STANDARD)) {
      SocketChannel client = connect();
      client.write(
          ByteBuffer.wrap(LINE.replace("lan", "l\u00e4n").getBytes(StandardCharsets.ISO_8859_1)));

      assertThat(answer(client)).contains("a request is no UTF-8");
    }
  }

  private void isServed() throws IOException {
    try (ControlClient client = ControlClient.connect(lab())) {
      assertThat(client.ask(REQUEST)).isEqualTo(new LabAnswer.Done("yes"));
    }
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(ControlSocket.NAME)));
    channels.add(channel);
    return channel;
  }

  private static SocketChannel say(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return channel;
  }

  private static String answer(SocketChannel channel) throws IOException {
    return reader(channel).readLine();
  }

  private static BufferedReader reader(SocketChannel channel) {
    return new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
  }

  private ControlSocket listen(Limits limits) throws IOException {
    return ControlSocket.listen(
        folder,
        _ -> new LabAnswer.Done("yes"),
        (_, _) -> {
          throw new IOException("nothing to capture");
        },
        limits);
  }

  private RunningLab lab() {
    return new RunningLab("demo", ProcessIdentity.current(), Instant.now(), folder, List.of());
  }
}
