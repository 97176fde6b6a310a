package dev.warren.lab.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at sockets by threads inside the host. Bare sockets: the JVM's HTTP clients keep
 * connections and threads for later, which would be another host's then.
 */
final class SocketProbes implements SocketLook {
  private static final int CONNECT_MILLIS = 1000;
  private static final int ANSWER_MILLIS = 2000;

  private final NamespaceMachine host;
  private final List<InetAddress> addresses = new ArrayList<>();

  /** Probes of the loopback, and of these addresses after it. */
  SocketProbes(NamespaceMachine host, List<InetAddress> own) {
    this.host = host;
    addresses.add(InetAddress.ofLiteral("127.0.0.1"));
    addresses.add(InetAddress.ofLiteral("::1"));
    addresses.addAll(own);
  }

  /** Something that is tried at one of the addresses. */
  @FunctionalInterface
  private interface Attempt {
    Optional<String> at(InetAddress address) throws IOException;
  }

  /** One address with an answer is enough; where none has, the first one's reason is told. */
  private Optional<String> somewhere(Attempt attempt) throws IOException {
    return host.get(() -> somewhereHere(attempt));
  }

  private Optional<String> somewhereHere(Attempt attempt) {
    List<String> reasons = new ArrayList<>();
    for (InetAddress address : addresses) {
      Optional<String> reason = reason(attempt, address);
      if (reason.isEmpty()) {
        return Optional.empty();
      }
      reasons.add(reason.get());
    }
    return Optional.of(reasons.getFirst());
  }

  private static Optional<String> reason(Attempt attempt, InetAddress address) {
    try {
      return attempt.at(address);
    } catch (SocketTimeoutException slow) {
      return Optional.of("no answer in time");
    } catch (IOException failure) {
      return Optional.of(words(failure));
    }
  }

  private static String words(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  @Override
  public Optional<String> tcp(int port) throws IOException {
    return somewhere(
        address -> {
          connected(address, port).close();
          return Optional.empty();
        });
  }

  /**
   * A datagram would tell nobody anything, and binding the port as a test could keep the service
   * from it: so this reads the kernel's table, of init's network namespace (proc_net(5)).
   */
  @Override
  public Optional<String> udp(int port) throws IOException {
    String wanted = ":%04X".formatted(port);
    for (String table : List.of("udp", "udp6")) {
      Path file = Path.of("/proc", Long.toString(host.pid()), "net", table);
      // No IPv6, no table.
      if (Files.exists(file)
          && Files.readAllLines(file).stream()
              .skip(1)
              .map(line -> line.strip().split("\\s+"))
              .anyMatch(words -> words.length > 1 && words[1].endsWith(wanted))) {
        return Optional.empty();
      }
    }
    return Optional.of("nobody has it");
  }

  private static Socket connected(InetAddress address, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      return socket;
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }

  @Override
  public Optional<String> http(int port, String path, int status) throws IOException {
    return somewhere(
        address -> {
          try (Socket socket = connected(address, port)) {
            String request =
                "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nUser-Agent: warren\r\nAccept: */*\r\n"
                        .formatted(path, port)
                    + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String line =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            return StatusLine.unmet(line == null ? "" : line, status);
          }
        });
  }
}
