package dev.warren.lab.wire;

import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.LinkConditions;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.LimitSegments;
import dev.warren.linux.netlink.NetlinkSocket;
import dev.warren.linux.netlink.QdiscRequest;
import java.util.List;
import java.util.Optional;

/**
 * Conditions by queueing disciplines: that of the cable's end on the bridge for what goes to the
 * host, that of its end in the host for what comes from there.
 */
final class QdiscLink implements Link {
  private final Cable cable;
  private final Qdiscs qdiscs;
  private LinkConditions conditions = LinkConditions.PERFECT;

  /** A link by tbf or netem, on which nothing holds yet. */
  QdiscLink(Cable cable, Qdiscs qdiscs) {
    this.cable = cable;
    this.qdiscs = qdiscs;
  }

  @Override
  public LinkReport report() {
    return new LinkReport(conditions, qdiscs.means(), Optional.empty(), Optional.empty());
  }

  @Override
  public void change(LinkConditions wanted) throws KernelException {
    LinkConditions before = conditions;
    try {
      set(wanted);
    } catch (KernelException failure) {
      try {
        set(before);
      } catch (KernelException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
    conditions = wanted;
  }

  private void set(LinkConditions wanted) throws KernelException {
    direction(cable.root(), cable.outer(), wanted.toHost(), Wires.TO_HOST);
    direction(cable.inside(), cable.inner(), wanted.fromHost(), Wires.FROM_HOST);
  }

  private void direction(NetlinkSocket netlink, String name, Conditions wanted, String direction)
      throws KernelException {
    if (wanted.isNone()) {
      delete(netlink, name);
    } else {
      netlink.execute(
          List.of(
              qdiscs.request(cable, name, wanted, direction),
              new LimitSegments(name, cable.index(), Segments.of(wanted))));
    }
  }

  private void delete(NetlinkSocket netlink, String name) throws KernelException {
    netlink.execute(List.of(new LimitSegments(name, cable.index(), LimitSegments.USUAL)));
    try {
      netlink.execute(List.of(new QdiscRequest.DeleteQdisc(name, cable.index())));
    } catch (KernelException refused) {
      // There was none.
      if (!refused.is(Errno.ENOENT) && !refused.is(Errno.EINVAL)) {
        throw refused;
      }
    }
  }

  @Override
  public void restore() throws KernelException {
    set(LinkConditions.PERFECT);
  }

  @Override
  public void release() {
    // The kernel's: it goes with the cable.
  }
}
