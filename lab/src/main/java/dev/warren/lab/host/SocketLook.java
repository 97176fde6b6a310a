package dev.warren.lab.host;

import java.io.IOException;
import java.util.Optional;

/**
 * Looks at the sockets of a host, from inside. Each method gives the reason why there is no answer,
 * and nothing when there is one.
 */
public interface SocketLook {
  /** Whether a TCP port takes connections, on the loopback or an address of the host. */
  Optional<String> tcp(int port) throws IOException;

  /** Whether somebody has bound a UDP port. */
  Optional<String> udp(int port) throws IOException;

  /** Whether a web server answers so. */
  Optional<String> http(int port, String path, int status) throws IOException;
}
