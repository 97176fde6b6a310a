package dev.warren.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.process.HostCommand;
import java.io.IOException;

/** The lab of the tests: hosts a and b on one network, and ways to ask them something. */
final class LabFixture {
  static final LabDescription TWO_HOSTS =
      LabDescription.builder("two-hosts")
          .network("lan", "10.53.57.0/24", "fd00::5357:5f00/112")
          .root(HostDescription.named("client").on("lan", 11).build())
          .host(HostDescription.named("a").domain("example.com").on("lan", 30))
          .host(
              HostDescription.named("b")
                  .domain("example.com")
                  .alias("www.example.com")
                  .on("lan", 300 - 100))
          .build();

  private LabFixture() {}

  /** What a script prints in a host; its failure is the test's. */
  static String ask(Host host, String script) throws Exception {
    Process process = host.start(HostCommand.shell(script).mergeErrors());
    String output = read(process);
    int code = process.waitFor();
    if (code != 0) {
      throw new AssertionError(
          script + " in " + host.name() + " ended with " + code + ": " + output);
    }
    return output.strip();
  }

  static String read(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
