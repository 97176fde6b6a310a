package dev.warren.selftest.testenv;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.source.Position;

/**
 * The host of a testenv or the client, as the catalogue has it.
 *
 * @param description all of it but its resolver and files, which depend on what is in the lab
 * @param resolver whom it asks for names
 * @param namePosition where its name is written
 * @param interfacePosition where the number of its interface is written
 */
public record HostDefinition(
    HostDescription description,
    ResolverChoice resolver,
    Position namePosition,
    Position interfacePosition) {

  /** Its host name. */
  public String name() {
    return description.name();
  }

  /** The number of its first interface. */
  public int interfaceNumber() {
    return description.interfaces().getFirst().number();
  }
}
