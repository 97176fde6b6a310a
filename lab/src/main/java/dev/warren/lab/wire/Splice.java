package dev.warren.lab.wire;

import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.CreateCable;
import dev.warren.linux.netlink.LinkRequest;
import dev.warren.linux.netlink.LinkState;
import dev.warren.linux.netlink.SetLink;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * Where a wire is put into a cable, as the package's drawing has it: the cable's end goes to the
 * wires, and another one takes its place on the bridge.
 */
final class Splice {
  /** Indices of the wires' own ends, beyond all that cables have. */
  private static final int FIRST_INDEX = 200_000_000;

  private static final Duration FORWARDING = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final Cable cable;
  private final WireNamespace namespace;
  private final PortListener listener;

  Splice(Cable cable, WireNamespace namespace, PortListener listener) {
    this.cable = cable;
    this.namespace = namespace;
    this.listener = listener;
  }

  /** Something that may fail. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** The index of the wire's own end, among the wires. */
  int wireIndex() {
    return FIRST_INDEX + cable.number();
  }

  private String wire() {
    return "wire" + cable.number();
  }

  /** The cable's end on the bridge, or what takes its place, as it is now. */
  LinkState outer() throws IOException {
    return cable.root().links().stream()
        .filter(link -> link.index() == cable.index())
        .findFirst()
        .orElseThrow(() -> new IOException("there is no " + cable.outer() + " on a bridge"));
  }

  /**
   * Makes room for a wire. A cable that is cut stays so.
   *
   * @param undo gets what takes back what was done, also when it fails
   */
  void open(Deque<Step> undo) throws IOException {
    LinkState outer = outer();
    OptionalInt mtu = OptionalInt.of(outer.mtu());
    undo.push(() -> close(outer));
    cable.root().execute(List.of(end().namespace(namespace.file())));
    // Neither end among the wires may have an address of its own, so that it says nothing.
    namespace.netlink().execute(List.of(end().withoutLinkLocal(mtu)));
    carrier(outer.up());
    CreateCable.Peer peer =
        new CreateCable.Peer(wire(), wireIndex(), namespace.file(), Optional.empty(), mtu);
    // A bridge takes the least address of its ports for its own: that must not change.
    SetLink same = outer.mac().map(end()::mac).orElse(end());
    cable
        .root()
        .execute(
            List.of(
                new CreateCable(
                    cable.outer(), cable.index(), outer.master().orElseThrow(), peer, mtu),
                outer.up() ? same.up() : same.down()));
    listener.replaced(cable.outer(), cable.index());
    SetLink wire = SetLink.of(wire(), wireIndex());
    namespace.netlink().execute(List.of(wire.withoutLinkLocal(mtu), wire.up()));
  }

  private SetLink end() {
    return SetLink.of(cable.outer(), cable.index());
  }

  /** Gives the host a carrier, or takes it away. */
  void carrier(boolean up) throws KernelException {
    namespace.netlink().execute(List.of(up ? end().up() : end().down()));
  }

  /**
   * The cable's end is back on its bridge. Can be tried again when it failed: each step is done
   * that was not done yet.
   *
   * @param state the end as it was, or as its stand-in is now
   */
  void close(LinkState state) throws IOException {
    if (here().filter(this::isStandIn).isPresent()) {
      cable.root().execute(List.of(new LinkRequest.Delete(cable.outer(), cable.index())));
    }
    if (here().isEmpty()) {
      namespace.netlink().execute(List.of(end().namespace(cable.rootNamespace())));
    }
    listener.replaced(cable.outer(), cable.index());
    SetLink settings = end().master(state.master().orElseThrow());
    cable.root().execute(List.of(state.up() ? settings.up() : settings.down()));
    awaitForwarding();
  }

  private Optional<LinkState> here() throws IOException {
    return cable.root().links().stream().filter(link -> link.index() == cable.index()).findFirst();
  }

  private boolean isStandIn(LinkState link) {
    return link.peer().equals(OptionalInt.of(wireIndex()));
  }

  /**
   * A bridge begins to forward a moment after the end is there; who set conditions must find them
   * there, not packets that nobody lost on purpose. An end that is cut does not forward.
   */
  void awaitForwarding() throws IOException {
    long deadline = System.nanoTime() + FORWARDING.toNanos();
    for (LinkState link = outer(); !link.forwarding(); link = outer()) {
      if (!link.up() || !link.carrier() || System.nanoTime() > deadline) {
        return;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
