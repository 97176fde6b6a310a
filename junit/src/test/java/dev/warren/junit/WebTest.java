package dev.warren.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.Host;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example of docs/java.md. */
@SuppressWarnings("AddressSelection") // a host has one address here
class WebTest {
  @RegisterExtension
  static final LabExtension lab = LabExtension.of(Path.of("src/test/labs/web.yaml"));

  @Test
  void theClientReachesTheServer(@LabHost("client") Host client, @LabHost("server") Host server)
      throws Exception {
    try (ServerSocket web = server.call(() -> new ServerSocket(80))) {
      client.run(() -> new Socket("server", 80).close());
      assertThat(web.accept().getInetAddress().getHostAddress()).isEqualTo("10.9.0.2");
    }
  }

  @Test
  void theClientCanBeCutOff(@LabHost("client") Host client) throws Exception {
    client.isolate();
    assertThat(client.links()).allMatch(link -> link.isCut());
  }

  @AfterEach
  void mend(@LabHost("client") Host client) throws IOException {
    client.rejoin();
  }
}
// end
