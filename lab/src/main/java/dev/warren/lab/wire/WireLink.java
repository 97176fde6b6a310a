package dev.warren.lab.wire;

import dev.warren.lab.description.LinkConditions;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.LimitSegments;
import dev.warren.linux.netlink.LinkState;
import dev.warren.linux.packet.PacketSocket;
import dev.warren.linux.process.Threads;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cable with a wire in it: two pumps, and the sockets between which they pass frames on. */
final class WireLink implements Link {
  private final Cable cable;
  private final Splice splice;
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
      Splice splice,
      long seed,
      PacketSocket hostSide,
      PacketSocket bridgeSide,
      LinkConditions conditions) {
    this.cable = cable;
    this.splice = splice;
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
      Kernel kernel,
      Cable cable,
      WireNamespace namespace,
      PortListener listener,
      long seed,
      LinkConditions conditions)
      throws IOException {
    Splice splice = new Splice(cable, namespace, listener);
    Deque<Splice.Step> undo = new ArrayDeque<>();
    try {
      splice.open(undo);
      PacketSocket hostSide = namespace.socket(cable.index());
      undo.push(hostSide::close);
      PacketSocket bridgeSide = namespace.socket(splice.wireIndex());
      undo.push(bridgeSide::close);
      undo.push(() -> limitSegments(cable, LinkConditions.PERFECT));
      limitSegments(cable, conditions);
      WireLink link = new WireLink(kernel, cable, splice, seed, hostSide, bridgeSide, conditions);
      undo.push(link::release);
      link.start();
      splice.awaitForwarding();
      return link;
    } catch (IOException failure) {
      for (Splice.Step step : undo) {
        try {
          step.run();
        } catch (IOException second) {
          failure.addSuppressed(second);
        }
      }
      throw failure;
    }
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

  private void start() throws KernelException {
    threads.add(pump(toHost, Wires.TO_HOST));
    threads.add(pump(fromHost, Wires.FROM_HOST));
  }

  private Thread pump(Pump pump, String direction) throws KernelException {
    return Threads.start("warren-wire-" + cable.inner() + "-" + direction, pump);
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

  @Override
  public void carrier(boolean up) throws KernelException {
    if (isWhole()) {
      splice.carrier(up);
    }
  }

  /** Can be tried again when it failed: each step is done that was not done yet. */
  @Override
  public void restore() throws IOException {
    LinkState bridged = standIn;
    if (bridged == null) {
      bridged = splice.outer();
      standIn = bridged;
    }
    release();
    splice.close(bridged);
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
