package dev.warren.lab.control;

import java.util.List;

/**
 * A host of a lab that runs.
 *
 * @param name its name in the lab
 * @param init its PID 1, as the machine sees it
 * @param userNamespace whether whoever enters it must enter the lab's user namespace first
 * @param interfaces names of its interfaces, without lo
 * @param addresses its addresses, IPv4 and IPv6, without prefix lengths
 */
public record RunningHost(
    String name,
    ProcessIdentity init,
    boolean userNamespace,
    List<String> interfaces,
    List<String> addresses) {
  /** Copies the lists. */
  public RunningHost {
    interfaces = List.copyOf(interfaces);
    addresses = List.copyOf(addresses);
  }
}
