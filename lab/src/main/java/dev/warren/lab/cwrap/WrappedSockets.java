package dev.warren.lab.cwrap;

import dev.warren.lab.description.IpAddresses;
import dev.warren.lab.host.SocketLook;
import dev.warren.lab.host.StatusLine;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.lab.process.ProcessTree;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the sockets of a host that cwrap pretends, by processes of the host: who connects to a
 * socket's file without the libraries breaks the server.
 *
 * @param folder of the lab's sockets
 * @param number of the host
 */
record WrappedSockets(WrappedMachine host, Path folder, int number, List<InetAddress> addresses)
    implements SocketLook {
  private static final int ANSWER_SECONDS = 2;

  private static final String CONNECT = "exec 3<>\"/dev/tcp/$0/$1\"";

  private static final String ASK =
      CONNECT
          + "; printf 'GET %s HTTP/1.1\\r\\nHost: localhost:%s\\r\\nUser-Agent: warren\\r\\nAccept: */*\\r\\n"
          + "Connection: close\\r\\n\\r\\n' \"$2\" \"$1\" >&3; IFS= read -r line <&3; printf %s \"$line\"";

  @Override
  public Optional<String> tcp(int port) throws IOException {
    return somewhere(port, CONNECT, "", answer -> Optional.empty());
  }

  /** As socket_wrapper.c calls its files: the protocol, the host and the port. */
  @Override
  public Optional<String> udp(int port) {
    for (String protocol : List.of("U", "Y")) {
      if (Files.exists(folder.resolve("%s%02X%04X".formatted(protocol, number, port)))) {
        return Optional.empty();
      }
    }
    return Optional.of("nobody has it");
  }

  @Override
  public Optional<String> http(int port, String path, int status) throws IOException {
    return somewhere(port, ASK, path, line -> StatusLine.unmet(line, status));
  }

  /** Judges what was said. */
  @FunctionalInterface
  private interface Judge {
    Optional<String> unmet(String answer);
  }

  /** One address with an answer is enough; where none has, the first one's reason is told. */
  private Optional<String> somewhere(int port, String script, String path, Judge judge)
      throws IOException {
    Optional<String> first = Optional.empty();
    for (InetAddress address : addresses) {
      Optional<String> reason = ask(address, port, script, path, judge);
      if (reason.isEmpty()) {
        return Optional.empty();
      }
      first = first.or(() -> reason);
    }
    return first.or(() -> Optional.of("the host has no address"));
  }

  private Optional<String> ask(
      InetAddress address, int port, String script, String path, Judge judge) throws IOException {
    HostProcess bash =
        host.start(
            HostCommand.of(
                    "bash", "-c", script, IpAddresses.text(address), Integer.toString(port), path)
                .stdin(Redirect.from(Path.of("/dev/null").toFile()))
                .mergeErrors());
    try {
      if (!bash.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        return Optional.of("no answer in time");
      }
      String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return bash.exitValue() == 0 ? judge.unmet(said) : Optional.of(reason(said));
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    } finally {
      ProcessTree.end(bash);
    }
  }

  /** What bash says at the end of its first complaint: {@code Connection refused}. */
  private static String reason(String said) {
    String line = said.lines().findFirst().orElse("no connection");
    return line.substring(line.lastIndexOf(": ") < 0 ? 0 : line.lastIndexOf(": ") + 2);
  }
}
