package dev.warren.lab.host;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The open files of a host's namespaces, all but PID: as long as they are open the namespaces live,
 * and they are the way in.
 */
public final class HostNamespaces implements AutoCloseable {
  /** Mount first: /proc must still be the machine's when the own namespaces are opened. */
  private static final List<NamespaceKind> KINDS =
      List.of(NamespaceKind.NET, NamespaceKind.UTS, NamespaceKind.IPC, NamespaceKind.MOUNT);

  private final Map<NamespaceKind, Descriptor> files;

  private HostNamespaces(Map<NamespaceKind, Descriptor> files) {
    this.files = files;
  }

  /** Puts the calling thread into new namespaces and opens them. */
  public static HostNamespaces unshare(Kernel kernel) throws KernelException {
    Namespaces namespaces = new Namespaces(kernel);
    namespaces.unshare(java.util.EnumSet.copyOf(KINDS));
    List<Descriptor> opened = new ArrayList<>();
    Map<NamespaceKind, Descriptor> files = new EnumMap<>(NamespaceKind.class);
    try {
      for (NamespaceKind kind : KINDS) {
        Descriptor file = namespaces.own(kind);
        opened.add(file);
        files.put(kind, file);
      }
      return new HostNamespaces(files);
    } catch (KernelException failure) {
      opened.forEach(Descriptor::close);
      throw failure;
    }
  }

  /** Takes the calling thread inside. */
  public void enter(Kernel kernel) throws KernelException {
    Namespaces namespaces = new Namespaces(kernel);
    for (NamespaceKind kind : KINDS) {
      namespaces.enter(file(kind), kind);
    }
  }

  /** Takes the calling thread into the network alone: it keeps seeing the files that it sees. */
  public void enterNetwork(Kernel kernel) throws KernelException {
    new Namespaces(kernel).enter(file(NamespaceKind.NET), NamespaceKind.NET);
  }

  /** The network namespace, to place an interface in. */
  public int network() {
    return file(NamespaceKind.NET).number();
  }

  private Descriptor file(NamespaceKind kind) {
    Descriptor file = files.get(kind);
    if (file == null) {
      throw new IllegalArgumentException("a host has no " + kind.file() + " namespace of its own");
    }
    return file;
  }

  @Override
  public void close() {
    files.values().forEach(Descriptor::close);
  }
}
