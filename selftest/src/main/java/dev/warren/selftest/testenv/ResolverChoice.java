package dev.warren.selftest.testenv;

import dev.warren.lab.source.Position;
import java.net.InetAddress;

/** Whom a host asks for names. */
public sealed interface ResolverChoice {

  /** The lab's own DNS service. */
  record Lab() implements ResolverChoice {}

  /** Itself. */
  record Self() implements ResolverChoice {}

  /** The host of a testenv. */
  record Testenv(String name, Position position) implements ResolverChoice {}

  /** An address. */
  record Address(InetAddress address) implements ResolverChoice {}
}
