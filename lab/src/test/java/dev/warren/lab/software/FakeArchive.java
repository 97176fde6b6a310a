package dev.warren.lab.software;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** An archive of packages on loopback, as much of HTTP as apt asks of it. */
final class FakeArchive implements AutoCloseable {
  private final Path folder;
  private final Consumer<String> onMissing;
  private final ServerSocket socket;

  /**
   * An archive.
   *
   * @param onMissing is told the name of each file that is asked for and not there
   */
  FakeArchive(Path folder, Consumer<String> onMissing) throws IOException {
    this.folder = folder;
    this.onMissing = onMissing;
    socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("archive").start(this::serve);
  }

  /** What makes an apt take its packages from here. */
  Map<String, String> settings(Path work) throws IOException {
    String host = socket.getInetAddress().getHostAddress();
    Path sources =
        Files.writeString(
            work.resolve("sources.list"),
            "deb [trusted=yes] http://%s:%d/ ./%n".formatted(host, socket.getLocalPort()));
    return Map.of(
        "Dir::Etc::sourcelist",
        sources.toString(),
        "Dir::Etc::sourceparts",
        "/dev/null",
        "Acquire::http::Proxy::" + host,
        "DIRECT");
  }

  private void serve() {
    try {
      while (true) {
        try (Socket client = socket.accept()) {
          serve(client);
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    OutputStream out = client.getOutputStream();
    for (String request = in.readLine(); request != null; request = in.readLine()) {
      String path = request.split(" ", -1)[1];
      String header = request;
      while (header != null && !header.isEmpty()) {
        header = in.readLine();
      }
      Path file = folder.resolve(path.substring(path.lastIndexOf('/') + 1));
      boolean there = Files.isRegularFile(file);
      byte[] body = there ? Files.readAllBytes(file) : new byte[0];
      String head =
          "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(there ? "200 OK" : "404 Not Found", body.length);
      if (!there) {
        onMissing.accept(file.getFileName().toString());
      }
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
