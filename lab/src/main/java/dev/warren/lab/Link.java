package dev.warren.lab;

import dev.warren.lab.description.InterfaceDescription;
import java.io.IOException;
import java.util.List;

/** A cable between a host and a network of a running {@link Lab}. */
public final class Link {
  private final Backing lab;
  private final Host host;
  private final InterfaceDescription description;

  Link(Backing lab, Host host, InterfaceDescription description) {
    this.lab = lab;
    this.host = host;
    this.description = description;
  }

  /** The host's end. */
  public Host host() {
    return host;
  }

  /** The interface's name in the host: {@code veth30}. */
  public String name() {
    return description.nameInHost();
  }

  /** The interface's number. */
  public int number() {
    return description.number();
  }

  /** The network's name. */
  public String network() {
    return description.network();
  }

  /**
   * Cuts it: the host's interface loses its carrier, as when a cable is pulled, and keeps its
   * addresses. Nothing when it is cut already.
   *
   * @throws IOException when the kernel refuses; it is whole then
   */
  public void cut() throws IOException {
    lab.cut(List.of(this));
  }

  /** Mends it; nothing when it is whole. */
  public void mend() throws IOException {
    lab.mend(List.of(this));
  }

  /** Whether it is cut. */
  public boolean isCut() {
    return lab.isCut(number());
  }

  @Override
  public String toString() {
    return "link " + name() + " of host " + host.name() + " to " + network();
  }
}
