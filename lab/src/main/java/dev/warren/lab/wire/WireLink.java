package dev.warren.lab.wire;

import dev.warren.lab.description.LinkConditions;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.CreateCable;
import dev.warren.linux.netlink.LimitSegments;
import dev.warren.linux.netlink.LinkRequest;
import dev.warren.linux.netlink.LinkState;
import dev.warren.linux.netlink.Request;
import dev.warren.linux.netlink.SetLink;
import dev.warren.linux.packet.PacketSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A cable with a wire in it, as the package's drawing has it. */
final class WireLink implements Link {
  /** Indices of the wires' own ends, beyond all that cables have. */
  private static final int FIRST_INDEX = 200_000_000;

  private static final Duration FORWARDING = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final Cable cable;
  private final WireNamespace namespace;
  private final long seed;
  private final PacketSocket hostSide;
  private final PacketSocket bridgeSide;
  private final Pump toHost;
  private final Pump fromHost;
  private final List<Thread> threads = new ArrayList<>();
  private LinkConditions conditions;

  /** The end on the bridge as it was when the wire began to be taken out. */
  private @Nullable LinkState standIn;

  private boolean released;

  private WireLink(
      Kernel kernel,
      Cable cable,
      WireNamespace namespace,
      long seed,
      PacketSocket hostSide,
      PacketSocket bridgeSide,
      LinkConditions conditions) {
    this.cable = cable;
    this.namespace = namespace;
    this.seed = seed;
    this.hostSide = hostSide;
    this.bridgeSide = bridgeSide;
    this.conditions = conditions;
    this.toHost =
        new Pump(kernel, bridgeSide, hostSide, conditions.toHost(), chance(Wires.TO_HOST));
    this.fromHost =
        new Pump(kernel, hostSide, bridgeSide, conditions.fromHost(), chance(Wires.FROM_HOST));
  }

  /** Puts a wire into a cable; when that fails the cable is as it was. */
  static WireLink insert(
      Kernel kernel, Cable cable, WireNamespace namespace, long seed, LinkConditions conditions)
      throws IOException {
    Deque<IoAction> undo = new ArrayDeque<>();
    try {
      lengthen(cable, namespace, undo);
      PacketSocket hostSide = namespace.socket(cable.index());
      undo.push(hostSide::close);
      PacketSocket bridgeSide = namespace.socket(wireIndex(cable));
      undo.push(bridgeSide::close);
      undo.push(() -> limitSegments(cable, LinkConditions.PERFECT));
      limitSegments(cable, conditions);
      WireLink link =
          new WireLink(kernel, cable, namespace, seed, hostSide, bridgeSide, conditions);
      undo.push(link::release);
      link.start();
      awaitForwarding(cable);
      return link;
    } catch (IOException failure) {
      for (IoAction action : undo) {
        try {
          action.run();
        } catch (IOException second) {
          failure.addSuppressed(second);
        }
      }
      throw failure;
    }
  }

  /** Something that may fail. */
  private interface IoAction {
    void run() throws IOException;
  }

  private static int wireIndex(Cable cable) {
    return FIRST_INDEX + cable.number();
  }

  /** The outer end moves to the wires, and another one takes its place. */
  private static void lengthen(Cable cable, WireNamespace namespace, Deque<IoAction> undo)
      throws IOException {
    LinkState outer = outer(cable);
    undo.push(() -> putBack(cable, namespace, outer));
    cable
        .root()
        .execute(List.of(SetLink.of(cable.outer(), cable.index()).namespace(namespace.file())));
    quietlyUp(namespace, cable.outer(), cable.index());
    undo.push(
        () -> cable.root().execute(List.of(new LinkRequest.Delete(cable.outer(), cable.index()))));
    cable.root().execute(newOuter(cable, namespace, outer));
    quietlyUp(namespace, "wire" + cable.number(), wireIndex(cable));
  }

  private static LinkState outer(Cable cable) throws IOException {
    return cable.root().links().stream()
        .filter(link -> link.index() == cable.index())
        .findFirst()
        .orElseThrow(() -> new IOException("there is no " + cable.outer() + " on a bridge"));
  }

  private static List<Request> newOuter(Cable cable, WireNamespace namespace, LinkState outer) {
    List<Request> requests = new ArrayList<>();
    requests.add(
        new CreateCable(
            cable.outer(),
            cable.index(),
            outer.master().orElseThrow(),
            new CreateCable.Peer(
                "wire" + cable.number(),
                wireIndex(cable),
                namespace.file(),
                Optional.empty(),
                OptionalInt.of(outer.mtu())),
            OptionalInt.of(outer.mtu())));
    SetLink settings = SetLink.of(cable.outer(), cable.index());
    // A bridge takes the least address of its ports for its own: that must not change.
    SetLink same = outer.mac().map(settings::mac).orElse(settings);
    requests.add(outer.up() ? same.up() : same.down());
    return requests;
  }

  /** Up, and without an address of its own, so that it says nothing. */
  private static void quietlyUp(WireNamespace namespace, String name, int index)
      throws KernelException {
    namespace
        .netlink()
        .execute(List.of(SetLink.of(name, index).linkLocal(false), SetLink.of(name, index).up()));
  }

  /**
   * A bridge begins to forward a moment after the end is there; who set conditions must find them
   * there, not packets that nobody lost on purpose. An end that is cut does not forward.
   */
  private static void awaitForwarding(Cable cable) throws IOException {
    long deadline = System.nanoTime() + FORWARDING.toNanos();
    for (LinkState link = outer(cable); !link.forwarding(); link = outer(cable)) {
      if (!link.up() || !link.carrier() || System.nanoTime() > deadline) {
        return;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** The first end back on its bridge, as it was or as its stand-in is now. */
  private static void putBack(Cable cable, WireNamespace namespace, LinkState state)
      throws IOException {
    boolean isHere = cable.root().links().stream().anyMatch(link -> link.index() == cable.index());
    if (!isHere) {
      namespace
          .netlink()
          .execute(
              List.of(SetLink.of(cable.outer(), cable.index()).namespace(cable.rootNamespace())));
    }
    SetLink settings =
        SetLink.of(cable.outer(), cable.index()).master(state.master().orElseThrow());
    cable.root().execute(List.of(state.up() ? settings.up() : settings.down()));
    awaitForwarding(cable);
  }

  /** What goes to the host is cut on the bridge, what comes from the host in the host. */
  private static void limitSegments(Cable cable, LinkConditions conditions) throws KernelException {
    cable
        .root()
        .execute(
            List.of(
                new LimitSegments(cable.outer(), cable.index(), Segments.of(conditions.toHost()))));
    cable
        .inside()
        .execute(
            List.of(
                new LimitSegments(
                    cable.inner(), cable.index(), Segments.of(conditions.fromHost()))));
  }

  private void start() {
    threads.add(pump(toHost, Wires.TO_HOST));
    threads.add(pump(fromHost, Wires.FROM_HOST));
  }

  private Thread pump(Pump pump, String direction) {
    return Thread.ofPlatform()
        .daemon()
        .name("warren-wire-" + cable.inner() + "-" + direction)
        .start(pump);
  }

  private Chance chance(String direction) {
    return Chance.of(seed, cable.host(), cable.number(), direction);
  }

  @Override
  public LinkReport report() throws KernelException {
    if (released) {
      return new LinkReport(conditions, Means.WIRE, Optional.empty(), Optional.empty());
    }
    return new LinkReport(
        conditions, Means.WIRE, Optional.of(toHost.report()), Optional.of(fromHost.report()));
  }

  @Override
  public boolean isWhole() {
    return !released;
  }

  @Override
  public void change(LinkConditions wanted) throws KernelException {
    try {
      limitSegments(cable, wanted);
    } catch (KernelException failure) {
      try {
        limitSegments(cable, conditions);
      } catch (KernelException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
    conditions = wanted;
    toHost.set(wanted.toHost(), chance(Wires.TO_HOST));
    fromHost.set(wanted.fromHost(), chance(Wires.FROM_HOST));
  }

  /** Can be tried again when it failed: each step is done that was not done yet. */
  @Override
  public void restore() throws IOException {
    LinkState bridged = standIn;
    if (bridged == null) {
      bridged = outer(cable);
      standIn = bridged;
    }
    release();
    boolean isThere =
        cable.root().links().stream()
            .anyMatch(
                link ->
                    link.index() == cable.index()
                        && link.peer().equals(OptionalInt.of(wireIndex(cable))));
    if (isThere) {
      cable.root().execute(List.of(new LinkRequest.Delete(cable.outer(), cable.index())));
    }
    putBack(cable, namespace, bridged);
    limitSegments(cable, LinkConditions.PERFECT);
  }

  @Override
  public void release() {
    if (released) {
      return;
    }
    released = true;
    hostSide.wake();
    bridgeSide.wake();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    hostSide.close();
    bridgeSide.close();
  }
}
