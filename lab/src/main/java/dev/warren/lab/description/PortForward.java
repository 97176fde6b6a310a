package dev.warren.lab.description;

/**
 * A port of a router that leads to a server behind it. What comes this way passes the router's
 * firewall.
 *
 * @param network where it comes in
 * @param port on the router's addresses there
 * @param to who gets it
 * @param toPort the server's port
 */
public record PortForward(
    String network, Protocol protocol, int port, HostOrAddress to, int toPort) {
  /** Checks name and ports. */
  public PortForward {
    Checks.networkName(network);
    var _ = new PortRange(port, port);
    var _ = new PortRange(toPort, toPort);
  }

  /** What has ports. */
  public enum Protocol {
    /** TCP. */
    TCP,
    /** UDP. */
    UDP
  }
}
