package dev.warren.lab.plan;

import dev.warren.lab.host.HostThread;
import dev.warren.lab.tree.Trees;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.mount.OverlayOptions;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The mount namespace that all hosts of a lab start from, and the memory in it that holds their
 * files.
 *
 * <p>A folder of the machine that memory is mounted on takes the mount with it when it is removed,
 * in every namespace. So the memory lies on a folder that the machine always has (the anchor), and
 * a host that is being made moves it to the store, a folder that is there during a change only:
 *
 * <pre>
 *   base      /dev/shm  tmpfs                       STORE  (no such folder, most of the time)
 *   new host  /dev/shm  the machine's own again     STORE  the same tmpfs, until FinishMounts
 * </pre>
 */
final class Base implements AutoCloseable {
  /** Every Linux has them, and none is removed. */
  private static final List<Path> ANCHORS =
      List.of(Path.of("/dev/shm"), Path.of("/run"), Path.of("/tmp"));

  private final Kernel kernel;
  private final Descriptor namespace;
  private final Path anchor;
  private final Path store;

  private Base(Kernel kernel, Descriptor namespace, Path anchor, Path store) {
    this.kernel = kernel;
    this.namespace = namespace;
    this.anchor = anchor;
    this.store = store;
  }

  static Base make(Kernel kernel, Operation.MakeBase operation) throws IOException {
    Path anchor = anchor(operation.store());
    Descriptor[] namespace = new Descriptor[1];
    try (HostThread thread = HostThread.outside("warren-base")) {
      thread.run(
          () -> {
            Namespaces namespaces = new Namespaces(kernel);
            Mounts mounts = new Mounts(kernel);
            namespaces.unshare(EnumSet.of(NamespaceKind.MOUNT));
            mounts.makePrivate();
            // The machine's files are to be read: what a host writes is its own, or an error.
            mounts.makeReadOnly(Path.of("/"));
            if (!operation.layers().isEmpty()) {
              List<Path> lower = new ArrayList<>(operation.layers());
              lower.add(Path.of("/usr"));
              mounts.overlay(Path.of("/usr"), new OverlayOptions(lower, Optional.empty(), false));
            }
            mounts.tmpfs(anchor, "mode=0755");
            Path shared = Files.createDirectory(anchor.resolve("shared"));
            Files.setAttribute(shared, "unix:mode", 0755);
            namespace[0] = namespaces.own(NamespaceKind.MOUNT);
          });
    }
    return new Base(kernel, namespace[0], anchor, operation.store());
  }

  /** Where the memory does not hide the store's own place. */
  private static Path anchor(Path store) throws IOException {
    return ANCHORS.stream()
        .filter(path -> !store.startsWith(path) && Files.isDirectory(path))
        .findFirst()
        .orElseThrow(() -> new IOException("the machine has none of the folders " + ANCHORS));
  }

  /** Takes the calling thread into the base. */
  void enter() throws IOException {
    new Namespaces(kernel).enter(namespace, NamespaceKind.MOUNT);
  }

  /** Shows the memory at the store, to a thread that has a mount namespace of its own by now. */
  void showStore() throws IOException {
    Mounts mounts = new Mounts(kernel);
    mounts.bind(anchor, store);
    mounts.detach(anchor);
  }

  /** Where in the store a host's files lie. */
  Path folder(String host) {
    return store.resolve("hosts").resolve(host);
  }

  /** The place of the store on the machine, for the time of a change. */
  StorePlace place() throws IOException {
    return StorePlace.make(store);
  }

  /** Gives back the memory that a host's files took; the host must be gone. */
  void removeFiles(String host) throws IOException {
    Path folder = anchor.resolve(store.relativize(folder(host)));
    try (HostThread thread = HostThread.outside("warren-base")) {
      thread.run(
          () -> {
            enter();
            Trees.delete(folder);
          });
    }
  }

  @Override
  public void close() {
    namespace.close();
  }
}
