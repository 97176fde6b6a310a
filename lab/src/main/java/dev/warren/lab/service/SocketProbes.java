package dev.warren.lab.service;

import dev.warren.lab.description.Condition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at sockets, for a thread inside the host. Each method gives the reason why there is no
 * answer, and nothing when there is one. Bare sockets: the JVM's HTTP clients keep connections and
 * threads for later, which would be another host's then.
 */
final class SocketProbes {
  private static final int CONNECT_MILLIS = 1000;
  private static final int ANSWER_MILLIS = 2000;

  private final List<InetAddress> addresses = new ArrayList<>();

  /** Probes of the loopback, and of these addresses after it. */
  SocketProbes(List<InetAddress> own) {
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
  private Optional<String> somewhere(Attempt attempt) {
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

  Optional<String> tcp(int port) {
    return somewhere(
        address -> {
          connected(address, port).close();
          return Optional.empty();
        });
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

  Optional<String> unix(Path path) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return channel.isConnected() ? Optional.empty() : Optional.of("not connected");
    } catch (IOException failure) {
      return Optional.of(words(failure));
    }
  }

  Optional<String> http(Condition.Http http) {
    return somewhere(
        address -> {
          try (Socket socket = connected(address, http.port())) {
            String request =
                "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nUser-Agent: warren\r\nAccept: */*\r\n"
                        .formatted(http.path(), http.port())
                    + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String line =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            return status(line == null ? "" : line, http.status());
          }
        });
  }

  /** Of a status line, RFC 9112, 4: {@code HTTP/1.1 200 OK}. */
  private static Optional<String> status(String line, int wanted) {
    String[] words = line.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/")) {
      return Optional.of("no HTTP answer");
    }
    return words[1].equals(Integer.toString(wanted))
        ? Optional.empty()
        : Optional.of("HTTP " + words[1] + ", not " + wanted);
  }
}
