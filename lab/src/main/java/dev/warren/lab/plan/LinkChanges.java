package dev.warren.lab.plan;

import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.wire.Wires;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.AddressRequest;
import dev.warren.linux.netlink.CreateBridge;
import dev.warren.linux.netlink.LinkRequest;
import dev.warren.linux.netlink.LinkState;
import dev.warren.linux.netlink.Request;
import dev.warren.linux.netlink.SetLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Carries out what changes links: all of it at the bridges' end, in the root's namespace. */
final class LinkChanges {
  private final Function<String, LiveHost> hosts;
  private final Wires wires;
  private final Captures captures;

  /** Changes links of these hosts, with what is on them. */
  LinkChanges(Function<String, LiveHost> hosts, Wires wires, Captures captures) {
    this.hosts = hosts;
    this.wires = wires;
    this.captures = captures;
  }

  Undo carryOut(LinkOperation operation) throws IOException {
    return switch (operation) {
      case LinkOperation.Cut cut -> port(cut, cut.number(), false);
      case LinkOperation.Mend mend -> port(mend, mend.number(), true);
      case LinkOperation.Disconnect away -> disconnect(away.cable());
      case LinkOperation.RemoveNetwork remove -> {
        HostLinks root = root(remove);
        yield away(
            root,
            remove.network().network().name(),
            remove.network().index(),
            () -> root.createNetwork(remove.network(), captures));
      }
      case LinkOperation.Readdress change -> readdress(change);
      case LinkOperation.Split split -> {
        whole(() -> split(split), () -> join(split));
        yield () -> join(split);
      }
      case LinkOperation.Join join -> {
        whole(() -> join(join.split()), () -> split(join.split()));
        yield () -> split(join.split());
      }
    };
  }

  private HostLinks root(LinkOperation operation) {
    return hosts.apply(operation.root()).links();
  }

  private Undo port(LinkOperation operation, int number, boolean up) throws IOException {
    HostLinks root = root(operation);
    Undo undo = () -> setPort(root, number, !up);
    whole(() -> setPort(root, number, up), undo);
    return undo;
  }

  private void setPort(HostLinks root, int number, boolean up) throws IOException {
    SetLink port = port(number);
    root.network().execute(List.of(up ? port.up() : port.down()));
    wires.carrier(number, up);
  }

  /** Whether a link is not cut. */
  private static boolean isUp(HostLinks root, int number) throws IOException {
    return root.network().links().stream()
        .filter(link -> link.index() == HostLinks.index(number))
        .allMatch(LinkState::up);
  }

  private static SetLink port(int number) {
    return SetLink.of(HostLinks.onBridge(number), HostLinks.index(number));
  }

  private Undo disconnect(NetworkOperation.Connect cable) throws IOException {
    HostLinks root = hosts.apply(cable.root()).links();
    LiveHost host = hosts.apply(cable.host());
    int number = cable.number();
    LinkConditions conditions = wires.report(number).conditions();
    boolean whole = isUp(root, number);
    Undo conditioned =
        () -> {
          wires.set(host.links().cable(number, root), conditions);
          // A new cable is whole.
          if (!whole) {
            setPort(root, number, false);
          }
        };
    // Plain first: what a wire has put in would stay.
    wires.clear(number);
    try {
      Undo laid =
          away(
              root,
              HostLinks.onBridge(number),
              HostLinks.index(number),
              () -> host.links().connect(cable, root, captures));
      return () -> {
        // A host that was removed for good does not come back.
        if (!host.isGone()) {
          laid.undo();
          conditioned.undo();
        }
      };
    } catch (IOException failure) {
      Undo.all(List.of(conditioned), failure);
      throw failure;
    }
  }

  /** Makes again what was taken away. */
  @FunctionalInterface
  private interface Maker {
    Undo make() throws IOException;
  }

  /** Removes an interface. A kernel that gives no answer may have done it or not. */
  private static Undo away(HostLinks root, String name, int index, Maker again) throws IOException {
    Undo undo =
        () -> {
          root.remove(name, index);
          var _ = again.make();
        };
    whole(() -> root.remove(name, index), undo);
    return undo;
  }

  private Undo readdress(LinkOperation.Readdress change) throws IOException {
    LinkOperation.Readdress back =
        new LinkOperation.Readdress(
            change.root(),
            change.network(),
            change.index(),
            /* away= */ change.added(),
            /* added= */ change.away());
    Undo undo = () -> addresses(back);
    whole(() -> addresses(change), undo);
    return undo;
  }

  private void addresses(LinkOperation.Readdress change) throws KernelException {
    HostLinks root = root(change);
    for (var one : change.away().entrySet()) {
      tolerating(
          root,
          new AddressRequest.Delete(change.network(), change.index(), one.getKey(), one.getValue()),
          Errno.EADDRNOTAVAIL);
    }
    for (var one : change.added().entrySet()) {
      tolerating(
          root,
          new AddressRequest.Add(change.network(), change.index(), one.getKey(), one.getValue()),
          Errno.EEXIST);
    }
  }

  private void split(LinkOperation.Split split) throws KernelException {
    HostLinks root = root(split);
    for (LinkOperation.Island island : split.islands()) {
      tolerating(root, new CreateBridge(island.bridge(), island.index()), Errno.EEXIST);
      List<Request> moves = new ArrayList<>();
      island.numbers().forEach(number -> moves.add(port(number).master(island.index())));
      root.network().execute(moves);
    }
  }

  private void join(LinkOperation.Split split) throws KernelException {
    HostLinks root = root(split);
    for (LinkOperation.Island island : split.islands()) {
      for (int number : island.numbers()) {
        tolerating(root, port(number).master(split.bridge()), Errno.ENODEV);
      }
      tolerating(root, new LinkRequest.Delete(island.bridge(), island.index()), Errno.ENODEV);
    }
  }

  /** For what may be so already. */
  private static void tolerating(HostLinks root, Request request, Errno already)
      throws KernelException {
    try {
      root.network().execute(List.of(request));
    } catch (KernelException failure) {
      if (!failure.is(already)) {
        throw failure;
      }
    }
  }

  /** Does something as a whole: where it fails, what it did so far is taken back. */
  private static void whole(Undo action, Undo undo) throws IOException {
    try {
      action.undo();
    } catch (IOException failure) {
      Undo.all(List.of(undo), failure);
      throw failure;
    }
  }
}
