package dev.warren.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.process.HostCommand;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class LabExtensionTest {
  private static final LabDescription TWO =
      LabDescription.builder("two")
          .network("lan", "10.9.0.0/24")
          .host(HostDescription.named("server").on("lan", 1))
          .host(HostDescription.named("client").on("lan", 2))
          .build();

  private static @Nullable Lab started;

  @RegisterExtension static final LabExtension ofTheClass = LabExtension.of(TWO);
  @RegisterExtension final LabExtension ofTheTest = LabExtension.of(TWO);

  @Test
  void javaCodeOfATestRunsInsideItsHosts() throws Exception {
    try (ServerSocket server = ofTheClass.host("server").call(() -> new ServerSocket(80))) {
      boolean connected =
          ofTheClass
              .host("client")
              .call(
                  () -> {
                    try (Socket socket = new Socket()) {
                      InetAddress address = InetAddress.getAllByName("server")[0];
                      socket.connect(new InetSocketAddress(address, 80), 5000);
                      return socket.isConnected();
                    }
                  });
      assertThat(connected).isTrue();
      assertThat(server.isBound()).isTrue();
    }
  }

  @RepeatedTest(2)
  void aLabInAnInstanceFieldIsNewForEachTest() throws Exception {
    Process process =
        ofTheTest.host("client").start(HostCommand.shell("ls /dev/shm; touch /dev/shm/been-here"));

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  @BeforeAll
  static void rememberTheLab() {
    started = ofTheClass.lab();
  }

  @Nested
  class InANestedClass {
    @Test
    void theLabIsThatOfTheOuterClass() {
      assertThat(ofTheClass.lab()).isSameAs(started);
    }
  }

  @Test
  void anExtensionThatIsNotRegisteredSaysSo() {
    assertThatIllegalStateException()
        .isThrownBy(() -> LabExtension.of(TWO).lab())
        .withMessageContaining("@RegisterExtension");
  }

  @RegisterExtension
  static final LabExtension other =
      LabExtension.of(
          LabDescription.builder("other")
              .network("lan", "10.9.0.0/24")
              .host(HostDescription.named("printer").on("lan", 1))
              .build());

  @Nested
  class WithParameters {
    @Test
    void aHostIsOfTheLabThatHasIt(@LabHost("printer") Host printer) {
      assertThat(printer).isSameAs(other.host("printer"));
    }
  }

  @Test
  void theDocumentedExampleIsOneThatRuns() throws Exception {
    String source = Files.readString(Path.of("src/test/java/dev/warren/junit/WebTest.java"));

    assertThat(Path.of("../docs/java.md"))
        .content()
        .contains(
            source.substring(source.indexOf("class WebTest"), source.indexOf("// end")),
            Files.readString(Path.of("src/test/labs/web.yaml")));
  }
}
