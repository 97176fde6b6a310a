package dev.warren.lab.description;

import java.util.Optional;

/**
 * A host's end of a cable. Interface 30 is called {@code veth30} in the host and {@code veth30-br}
 * on the bridge, and its addresses are the network's base + 30. An interface of the root is no
 * cable: it is an address on the bridge itself.
 *
 * @param network the network's name
 * @param number from 1, unique in the lab; 0 as long as it is {@link #automatic}
 * @param settings what else it has
 * @param conditions what happens to packets on its cable; when it does not say, what the network
 *     says
 */
public record InterfaceDescription(
    String network, int number, InterfaceSettings settings, Optional<LinkConditions> conditions) {

  /**
   * So that {@code veth99999999-br} has the 15 characters that the kernel allows (IFNAMSIZ - 1).
   */
  public static final int MAX_NUMBER = 99_999_999;

  /** Checks the number's range. */
  public InterfaceDescription {
    Checks.check(
        number >= 0 && number <= MAX_NUMBER,
        "%d is no interface number: 1 to %d",
        number,
        MAX_NUMBER);
  }

  /** An interface as the kernel and the network make it. */
  public InterfaceDescription(String network, int number) {
    this(network, number, InterfaceSettings.DEFAULT, Optional.empty());
  }

  /** The same interface with a number. */
  public InterfaceDescription withNumber(int value) {
    return new InterfaceDescription(network, value, settings, conditions);
  }

  /** The same interface with conditions of its own. */
  public InterfaceDescription withConditions(LinkConditions value) {
    return new InterfaceDescription(network, number, settings, Optional.of(value));
  }

  /** An interface that {@link LabDescription.Builder#build} gives the next free number. */
  public static InterfaceDescription automatic(String network) {
    return new InterfaceDescription(network, 0);
  }

  /** Whether it waits for its number. */
  public boolean isAutomatic() {
    return number == 0;
  }

  /** The same interface with other settings. */
  public InterfaceDescription withSettings(InterfaceSettings value) {
    return new InterfaceDescription(network, number, value, conditions);
  }

  /** Which of its network's addresses it has, counted from 1: its number's, unless it says. */
  public int position() {
    return settings.position().orElse(number);
  }

  /** What the interface is called in the host: {@code veth30}, unless it has a name of its own. */
  public String nameInHost() {
    return settings.name().orElse("veth" + number);
  }

  /** What the other end is called in the lab's root namespace: {@code veth30-br}. */
  public String nameOnBridge() {
    return "veth" + number + "-br";
  }
}
