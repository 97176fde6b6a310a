package dev.warren.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.linux.kernel.Kernel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a JVM of its own, in a network namespace that has no address, for it can be done but once. */
class JavaIpv6Test {
  @ParameterizedTest
  @CsvSource({"allowed, true", "as it is, false"})
  void javaHasIpv6WhereTheMachineHasNone(String how, boolean expected) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    "unshare",
                    "--net",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Binder.class.getName(),
                    how))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said).isEqualTo(expected + "\n");
    assertThat(process.waitFor()).isZero();
  }

  /** Says whether an IPv6 socket can be bound. */
  static final class Binder {
    private Binder() {}

    public static void main(String[] arguments) throws IOException {
      if (arguments[0].equals("allowed")) {
        JavaIpv6.allow(Kernel.real());
      }
      boolean bound;
      try (var server = java.nio.channels.ServerSocketChannel.open()) {
        bound = server.bind(new InetSocketAddress("::", 0)) != null;
      } catch (UnsupportedOperationException | IOException | IllegalArgumentException refused) {
        bound = false;
      }
      System.out.println(bound);
    }
  }
}
