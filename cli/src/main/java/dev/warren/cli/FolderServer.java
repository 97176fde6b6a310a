package dev.warren.cli;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Serves the files of a folder over HTTP on loopback, on a free port. Only to read, nothing outside
 * of the folder, and only to who asks for 127.0.0.1: a page from elsewhere could otherwise read
 * them by a name of its own that leads here.
 */
final class FolderServer implements AutoCloseable {
  /** RFC 9110, 15.5.20. */
  private static final int MISDIRECTED = 421;

  private final HttpServer server;

  private FolderServer(HttpServer server) {
    this.server = server;
  }

  /** Starts one; it runs until it is closed. */
  static FolderServer start(Path folder) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    FolderServer made = new FolderServer(server);
    server
        .createContext("/", SimpleFileServer.createFileHandler(folder.toAbsolutePath().normalize()))
        .getFilters()
        .add(made.new OwnName());
    server.start();
    return made;
  }

  /** Where a file of the folder is. */
  String address(String file) {
    return "http://%s/%s".formatted(host(), file);
  }

  private String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Lets nobody through who asked for another host. */
  private final class OwnName extends Filter {
    @Override
    public String description() {
      return "only who asks for this very address";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      if (host().equals(exchange.getRequestHeaders().getFirst("Host"))) {
        chain.doFilter(exchange);
      } else {
        try (exchange) {
          exchange.sendResponseHeaders(MISDIRECTED, -1);
        }
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
