package dev.warren.lab.description;

/** What part of a lab's description a {@link Fault} is about. Indexes count from 0. */
public sealed interface Subject {

  /** The index of the root among the hosts. */
  int ROOT = -1;

  /** The lab as a whole. */
  record Lab() implements Subject {}

  /** A network, by its place in the list. */
  record Network(int index) implements Subject {}

  /** A host, by its place in the list; {@link #ROOT} is the root. */
  record Host(int index) implements Subject {}

  /** The gateway of a network, by the network's place in the list. */
  record Gateway(int network) implements Subject {}

  /** A part of a host's routing, by its place in the list of its kind. */
  record Routing(int host, RoutingPart part, int index) implements Subject {}

  /** What a host's routing is made of. */
  enum RoutingPart {
    /** A route. */
    ROUTE,
    /** A network on which the host hides others behind its own address. */
    MASQUERADE,
    /** A port that leads to a server. */
    PORT_FORWARD,
    /** A rule of the firewall. */
    RULE
  }

  /** A capture, by its place in the list. */
  record Capture(int index) implements Subject {}

  /** A service of a host, by its place in the host's list. */
  record Service(int host, int index) implements Subject {}

  /** An interface of a host, by its place in the host's list. */
  record Interface(int host, int index) implements Subject {}
}
