package dev.warren.lab.plan;

import dev.warren.lab.host.HostThread;
import dev.warren.lab.host.SealedMounts;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What hosts see of the machine's files below their own, all of it {@link SealedMounts sealed}: a
 * host's root may take its own away, and then is to find neither the machine's sockets, terminals
 * and processes nor the lab's memory.
 *
 * @param machine all files of the machine, for what a host is given of them
 * @param sealed what hosts start from: less where the machine keeps what is nobody else's business
 * @param shown what is seen there all the same, to be read
 */
record HostView(Descriptor machine, Descriptor sealed, Set<Path> shown) implements AutoCloseable {
  private static final Path PROC = Path.of("/proc");
  private static final Path SYS = Path.of("/sys");

  /** Where machines and users have sockets, secrets and terminals. Every host has its own there. */
  private static final List<Path> COVERED =
      List.of(
          Path.of("/run"),
          Path.of("/tmp"),
          Path.of("/var/tmp"),
          Path.of("/root"),
          Path.of("/dev/shm"),
          Path.of("/dev/pts"));

  /**
   * Makes it.
   *
   * @param base the mount namespace that it is made of
   * @param anchor where the lab's memory lies in there
   * @param operation where the memory is going to be in a host that is being made, and what code of
   *     this JVM must be seen there
   */
  static HostView make(Kernel kernel, Descriptor base, Path anchor, Operation.MakeBase operation)
      throws IOException {
    Set<Path> shown = new HashSet<>();
    HostView view = seal(kernel, base, anchor);
    try (HostThread thread = HostThread.outside("warren-view")) {
      thread.run(
          () -> {
            for (Path place : COVERED) {
              if (Files.isDirectory(place)) {
                shown.addAll(view.cover(kernel, place, operation));
              }
            }
          });
      return new HostView(view.machine(), view.sealed(), Set.copyOf(shown));
    } catch (IOException failure) {
      view.close();
      throw failure;
    }
  }

  private static HostView seal(Kernel kernel, Descriptor base, Path anchor) throws IOException {
    Descriptor machine = machine(kernel, base, anchor);
    try {
      Optional<SealedMounts> sealed = SealedMounts.of(kernel, machine);
      if (sealed.isPresent()) {
        machine.close();
        return new HostView(sealed.get().first(), sealed.get().second(), Set.of());
      }
      return new HostView(machine, machine(kernel, base, anchor), Set.of());
    } catch (IOException failure) {
      machine.close();
      throw failure;
    }
  }

  private static Descriptor machine(Kernel kernel, Descriptor base, Path anchor)
      throws IOException {
    try (HostThread thread = HostThread.outside("warren-view")) {
      return thread.get(
          () -> {
            Namespaces namespaces = new Namespaces(kernel);
            Mounts mounts = new Mounts(kernel);
            namespaces.enter(base, NamespaceKind.MOUNT);
            namespaces.unshare(EnumSet.of(NamespaceKind.MOUNT));
            mounts.detach(anchor);
            // unshare(1) writes a map of ids there, where a container keeps a fresh /proc from us.
            letBeWritten(mounts, PROC);
            // In a user namespace a fresh one may be mounted only where this is writable.
            letBeWritten(mounts, SYS);
            return namespaces.own(NamespaceKind.MOUNT);
          });
    }
  }

  private static void letBeWritten(Mounts mounts, Path place) throws KernelException {
    try {
      mounts.makeWritable(place);
    } catch (KernelException refused) {
      if (!refused.is(Errno.EPERM) && !refused.is(Errno.EINVAL)) {
        throw refused;
      }
    }
  }

  private Set<Path> cover(Kernel kernel, Path place, Operation.MakeBase operation)
      throws IOException {
    Namespaces namespaces = new Namespaces(kernel);
    Mounts mounts = new Mounts(kernel);
    Map<Path, Descriptor> shown = new LinkedHashMap<>();
    try {
      namespaces.enter(machine, NamespaceKind.MOUNT);
      Map<Path, Boolean> folders = new LinkedHashMap<>();
      List<Path> below = operation.visible().stream().filter(one -> isBelow(one, place)).toList();
      for (Path path : Gathering.below(place, below)) {
        if (Files.exists(path)) {
          folders.put(path, Files.isDirectory(path));
          shown.put(path, mounts.copyTree(path));
        }
      }
      namespaces.enter(sealed, NamespaceKind.MOUNT);
      mounts.tmpfs(place, "mode=0755,size=256k");
      if (isBelow(operation.store(), place)) {
        Files.createDirectories(operation.store());
      }
      for (var one : shown.entrySet()) {
        show(mounts, one.getValue(), one.getKey(), folders.getOrDefault(one.getKey(), true));
      }
      mounts.makeReadOnly(place);
      return shown.keySet();
    } finally {
      shown.values().forEach(Descriptor::close);
    }
  }

  private static boolean isBelow(Path path, Path place) {
    return path.startsWith(place) && !path.equals(place);
  }

  private static void show(Mounts mounts, Descriptor copy, Path place, boolean isFolder)
      throws IOException {
    if (isFolder) {
      Files.createDirectories(place);
    } else {
      Files.createDirectories(Objects.requireNonNull(place.getParent(), "a file's folder"));
      Files.createFile(place);
    }
    mounts.attach(copy, place);
  }

  @Override
  public void close() {
    machine.close();
    sealed.close();
  }
}
