package dev.warren.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link KillTest} relies on: a namespace that is left is seen, though nobody is in it. */
class HoldingsTest {
  private static final Path OWN = Path.of("/proc/self/ns/net");

  @BeforeEach
  void theKernelSaysWhichThereAre() {
    assumeTrue(Holdings.canTell(), "before Linux 6.18 namespaces have no file handles");
  }

  @Test
  void aNamespaceIsLeftAsLongAsAnOpenFileHoldsIt() throws Exception {
    Process process = new ProcessBuilder("unshare", "--net", "sleep", "1000").start();
    Path link = Path.of("/proc", Long.toString(process.pid()), "ns/net");
    await().until(() -> !target(link).equals(target(OWN)));
    String name = target(link);
    Holdings holdings = Holdings.of(process.pid());

    try (InputStream _ = Files.newInputStream(link)) {
      process.destroyForcibly().waitFor();

      assertThat(holdings.left()).containsExactly("namespace " + name);
    }

    await().atMost(Duration.ofSeconds(10)).until(() -> holdings.left().isEmpty());
  }

  private static String target(Path link) throws IOException {
    return Files.readSymbolicLink(link).toString();
  }
}
