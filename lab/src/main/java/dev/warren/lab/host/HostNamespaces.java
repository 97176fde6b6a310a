package dev.warren.lab.host;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open files of a host's namespaces, all but PID: as long as they are open the namespaces live,
 * and they are the way in.
 */
public final class HostNamespaces implements AutoCloseable {
  /** Mount last: /proc must still be the machine's when the own namespaces are opened. */
  private static final List<NamespaceKind> KINDS =
      List.of(
          NamespaceKind.NET,
          NamespaceKind.UTS,
          NamespaceKind.IPC,
          NamespaceKind.CGROUP,
          NamespaceKind.MOUNT);

  private final Map<NamespaceKind, Descriptor> files;
  private final HostIds ids;
  private final Optional<Enclosure> enclosure;

  private HostNamespaces(
      Map<NamespaceKind, Descriptor> files, HostIds ids, Optional<Enclosure> enclosure) {
    this.files = files;
    this.ids = ids;
    this.enclosure = enclosure;
  }

  /**
   * Puts the calling thread into new namespaces and opens them.
   *
   * @param ids who can be in there
   * @param proc the machine's /proc, which the thread may not see any more
   */
  public static HostNamespaces unshare(Kernel kernel, HostIds ids, Descriptor proc)
      throws IOException {
    Namespaces namespaces = new Namespaces(kernel);
    EnumSet<NamespaceKind> kinds =
        EnumSet.of(NamespaceKind.NET, NamespaceKind.UTS, NamespaceKind.IPC, NamespaceKind.MOUNT);
    namespaces.unshare(kinds);
    HostNamespaces made =
        new HostNamespaces(new EnumMap<>(NamespaceKind.class), ids, Optional.empty());
    try {
      for (NamespaceKind kind : kinds) {
        made.put(kind, namespaces.own(kind, proc));
      }
      return made;
    } catch (KernelException failure) {
      made.close();
      throw failure;
    }
  }

  /**
   * Puts the calling thread into the namespaces of a host that has a user namespace of its own. The
   * mount namespace is the lab's still, and to be filled, until its init starts.
   *
   * @param enclosure whose namespaces they are; closed with these
   * @param proc the machine's /proc, which the thread may not see any more
   */
  public static HostNamespaces enter(Kernel kernel, Enclosure enclosure, Descriptor proc)
      throws IOException {
    HostNamespaces made =
        new HostNamespaces(
            new EnumMap<>(NamespaceKind.class), enclosure.ids(), Optional.of(enclosure));
    try {
      Namespaces namespaces = new Namespaces(kernel);
      namespaces.unshare(EnumSet.of(NamespaceKind.MOUNT));
      made.put(NamespaceKind.MOUNT, namespaces.own(NamespaceKind.MOUNT, proc));
      made.files.putAll(enclosure.take());
      for (NamespaceKind kind : KINDS) {
        if (kind != NamespaceKind.MOUNT && made.files.containsKey(kind)) {
          namespaces.enter(made.file(kind), kind);
        }
      }
      made.ids.assume(kernel);
      return made;
    } catch (IOException failure) {
      made.close();
      throw failure;
    }
  }

  /** Adds a namespace, or puts it in the place of the one of its kind, which is closed. */
  void put(NamespaceKind kind, Descriptor file) {
    Descriptor before = files.put(kind, file);
    if (before != null) {
      before.close();
    }
  }

  boolean has(NamespaceKind kind) {
    return files.containsKey(kind);
  }

  /** The user namespace of its own that the host has. */
  public Optional<Enclosure> enclosure() {
    return enclosure;
  }

  /** Whether it sees its own control group as the root of all. */
  public boolean hasCgroup() {
    return has(NamespaceKind.CGROUP);
  }

  /** Who can be in there. */
  public HostIds ids() {
    return ids;
  }

  /** Takes the calling thread inside; what it makes there belongs to the host's root. */
  public void enter(Kernel kernel) throws KernelException {
    Namespaces namespaces = new Namespaces(kernel);
    for (NamespaceKind kind : KINDS) {
      if (has(kind)) {
        namespaces.enter(file(kind), kind);
      }
    }
    ids.assume(kernel);
  }

  /** Takes the calling thread into the network alone: it keeps seeing the files that it sees. */
  public void enterNetwork(Kernel kernel) throws KernelException {
    new Namespaces(kernel).enter(file(NamespaceKind.NET), NamespaceKind.NET);
  }

  /** The network namespace, to place an interface in. */
  public int network() {
    return file(NamespaceKind.NET).number();
  }

  Descriptor file(NamespaceKind kind) {
    Descriptor file = files.get(kind);
    if (file == null) {
      throw new IllegalArgumentException("a host has no " + kind.file() + " namespace of its own");
    }
    return file;
  }

  @Override
  public void close() {
    files.values().forEach(Descriptor::close);
    enclosure.ifPresent(Enclosure::close);
  }
}
