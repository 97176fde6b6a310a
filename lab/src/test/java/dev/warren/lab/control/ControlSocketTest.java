package dev.warren.lab.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.warren.lab.description.HostLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests and answers on a lab's socket. */
@Timeout(60)
class ControlSocketTest {
  @TempDir Path folder;

  @Test
  void requestsAreAnsweredInOrder() throws Exception {
    try (ControlSocket _ = listen(folder, one -> new LabAnswer.Done(one.toString()));
        ControlClient client = ControlClient.connect(lab())) {
      LabRequest cut = new LabRequest.CutLink("a", Optional.of("veth1"));
      LabRequest all = new LabRequest.MendLink("a", Optional.empty());

      assertThat(client.ask(cut)).isEqualTo(new LabAnswer.Done(cut.toString()));
      assertThat(client.ask(all)).isEqualTo(new LabAnswer.Done(all.toString()));
    }
  }

  @Test
  void answersKeepWhatIsInThem() throws Exception {
    LabAnswer usage =
        new LabAnswer.UsageList(
            7,
            List.of(
                new LabAnswer.HostState(
                    "a",
                    2,
                    30,
                    4096,
                    HostLimits.NONE.withMemory(64 << 20).withCpu(0.5),
                    Map.of("veth1", new LabAnswer.Traffic(5, 6)))));
    try (ControlSocket _ = listen(folder, _ -> usage);
        ControlClient client = ControlClient.connect(lab())) {
      assertThat(client.ask(new LabRequest.Usage())).isEqualTo(usage);
    }
  }

  @Test
  void whatIsNoRequestIsRefusedAndTheNextIsAnswered() throws Exception {
    try (ControlSocket _ = listen(folder, _ -> new LabAnswer.Done("yes"));
        SocketChannel channel =
            SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("control")));
        Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8);
        BufferedReader in =
            new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
      for (String line :
          List.of("hello", "{\"type\":\"dance\"}", "{\"type\":\"reboot\",\"host\":[]}")) {
        out.write(line + "\n");
        out.flush();
        assertThat(in.readLine()).as(line).startsWith("{\"type\":\"failure\"");
      }
      out.write("{\"type\":\"reboot\",\"host\":\"a\"}\n");
      out.flush();
      assertThat(in.readLine()).isEqualTo("{\"type\":\"done\",\"message\":\"yes\"}");
    }
  }

  @Test
  void aMistakeInWarrenIsAnAnswerToo() throws Exception {
    try (ControlSocket _ =
            listen(
                folder,
                _ -> {
                  throw new IllegalStateException("oops");
                });
        ControlClient client = ControlClient.connect(lab())) {
      assertThat(client.ask(new LabRequest.Heal("lan")))
          .isEqualTo(
              new LabAnswer.Failure(
                  "internal error: java.lang.IllegalStateException: oops", false));
    }
  }

  @Test
  void aLabThatDoesNotListenIsToldFromOneThatDoes() {
    assertThatIOException()
        .isThrownBy(() -> ControlClient.connect(lab()).close())
        .withMessageContaining("lab \"demo\" does not take requests");
  }

  @Test
  void aPathThatIsTooLongForASocketIsNamed() {
    Path deep = folder.resolve("x".repeat(100));

    assertThatIOException()
        .isThrownBy(() -> listen(deep, _ -> new LabAnswer.Done("")).close())
        .withMessageContaining("longer than 107 bytes")
        .withMessageContaining("XDG_RUNTIME_DIR");
  }

  private static ControlSocket listen(Path folder, Function<LabRequest, LabAnswer> handler)
      throws IOException {
    return ControlSocket.listen(
        folder,
        handler,
        (_, _) -> {
          throw new IOException("nothing to capture");
        });
  }

  private RunningLab lab() {
    return new RunningLab("demo", ProcessIdentity.current(), Instant.now(), folder, List.of());
  }
}
