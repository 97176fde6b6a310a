package dev.warren.lab.wire;

import dev.warren.lab.description.LinkConditions;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.LinkState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The link conditions of a running lab. Whatever the kernel has is used: netem for everything, else
 * the token bucket for a rate alone, else a {@link Means#WIRE wire}. Where somebody asked for a
 * seed a netem without one is not used for chance. For any threads.
 */
public final class Wires implements AutoCloseable {
  static final String TO_HOST = "to-host";
  static final String FROM_HOST = "from-host";

  private final Kernel kernel;
  private final PortListener listener;
  private Seed seed;
  private final Map<Integer, Link> links = new LinkedHashMap<>();
  private @Nullable WireNamespace namespace;
  private boolean lacksNetem;

  /**
   * Nothing yet.
   *
   * @param seed what all chance comes from
   * @param listener is told when a wire has replaced a cable's end on its bridge
   */
  public Wires(Kernel kernel, Seed seed, PortListener listener) {
    this.kernel = kernel;
    this.seed = seed;
    this.listener = listener;
  }

  /**
   * Makes conditions hold on a cable, in place of those that did.
   *
   * @throws IOException when it cannot be done; what held before still does. When a wire cannot be
   *     taken out nothing passes any more until that is tried again
   */
  public synchronized void set(Cable cable, LinkConditions wanted) throws IOException {
    Link current = links.get(cable.number());
    if (current == null) {
      add(cable, wanted);
      return;
    }
    LinkReport before = current.report();
    Means means = means(wanted);
    if (before.means() == means && current.isWhole()) {
      current.change(wanted);
      return;
    }
    current.restore();
    links.remove(cable.number());
    try {
      add(cable, wanted);
    } catch (IOException failure) {
      try {
        add(cable, before.conditions());
      } catch (IOException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  /** What all chance comes from. */
  public synchronized Seed seed() {
    return seed;
  }

  /**
   * Takes chance from another seed; on every cable it begins again.
   *
   * @param cables by their numbers; others have no conditions
   * @throws IOException when it cannot be done everywhere; it is as before then
   */
  public synchronized void reseed(Seed fresh, Map<Integer, Cable> cables) throws IOException {
    Map<Cable, LinkConditions> holding = new LinkedHashMap<>();
    for (int number : links.keySet()) {
      holding.put(Objects.requireNonNull(cables.get(number)), report(number).conditions());
    }
    Seed before = seed;
    try {
      lay(fresh, holding);
    } catch (IOException failure) {
      try {
        lay(before, holding);
      } catch (IOException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  private void lay(Seed chance, Map<Cable, LinkConditions> wanted) throws IOException {
    seed = chance;
    for (Map.Entry<Cable, LinkConditions> one : wanted.entrySet()) {
      clear(one.getKey().number());
      add(one.getKey(), one.getValue());
    }
  }

  private void add(Cable cable, LinkConditions wanted) throws IOException {
    if (wanted.isPerfect()) {
      return;
    }
    if (means(wanted) == Means.NETEM && addNetem(cable, wanted)) {
      return;
    }
    links.put(
        cable.number(),
        means(wanted) == Means.TBF
            ? byQdisc(cable, Qdiscs.tokenBucket(mtu(cable)), wanted)
            : WireLink.insert(kernel, cable, namespace(), listener, seed.value(), wanted));
  }

  /** Whether there is netem. */
  private boolean addNetem(Cable cable, LinkConditions wanted) throws KernelException {
    try {
      links.put(cable.number(), byQdisc(cable, Qdiscs.netem(seed.value()), wanted));
      return true;
    } catch (KernelException refused) {
      if (!refused.is(Errno.ENOENT)) {
        throw refused;
      }
      lacksNetem = true;
      return false;
    }
  }

  /** What is used for conditions on this kernel. */
  private Means means(LinkConditions wanted) {
    if (wanted.isPerfect()) {
      return Means.PLAIN;
    }
    if (!lacksNetem && !(seed.asked() && hasChance(wanted))) {
      return Means.NETEM;
    }
    boolean rateAlone =
        (wanted.toHost().isNone() || wanted.toHost().isRateAlone())
            && (wanted.fromHost().isNone() || wanted.fromHost().isRateAlone());
    return rateAlone ? Means.TBF : Means.WIRE;
  }

  private static boolean hasChance(LinkConditions wanted) {
    return wanted.toHost().hasChance() || wanted.fromHost().hasChance();
  }

  private static Link byQdisc(Cable cable, Qdiscs qdiscs, LinkConditions wanted)
      throws KernelException {
    QdiscLink link = new QdiscLink(cable, qdiscs);
    link.change(wanted);
    return link;
  }

  private static int mtu(Cable cable) throws IOException {
    return cable.root().links().stream()
        .filter(link -> link.index() == cable.index())
        .mapToInt(LinkState::mtu)
        .findFirst()
        .orElseThrow(() -> new IOException("there is no " + cable.outer()));
  }

  private WireNamespace namespace() throws IOException {
    WireNamespace made = namespace;
    if (made == null) {
      made = WireNamespace.make(kernel);
      namespace = made;
    }
    return made;
  }

  /** What holds on the cable with this number. */
  public synchronized LinkReport report(int number) throws IOException {
    Link link = links.get(number);
    return link == null ? LinkReport.PLAIN : link.report();
  }

  /** The cable's end on its bridge was set up or down; its host's end is to see that. */
  public synchronized void carrier(int number, boolean up) throws IOException {
    Link link = links.get(number);
    if (link != null) {
      link.carrier(up);
    }
  }

  /** Makes a cable plain before it is taken away; without conditions it does nothing. */
  public synchronized void clear(int number) throws IOException {
    Link link = links.get(number);
    if (link != null) {
      link.restore();
      links.remove(number);
    }
  }

  /** Stops all wires; their cables are about to go with the lab. A second time does nothing. */
  @Override
  public synchronized void close() {
    links.values().forEach(Link::release);
    links.clear();
    if (namespace != null) {
      namespace.close();
      namespace = null;
    }
  }
}
