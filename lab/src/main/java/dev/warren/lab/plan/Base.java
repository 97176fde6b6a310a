package dev.warren.lab.plan;

import dev.warren.lab.host.EtcFiles;
import dev.warren.lab.host.HostIds;
import dev.warren.lab.host.HostThread;
import dev.warren.lab.host.PrivateTree;
import dev.warren.lab.tree.Trees;
import dev.warren.linux.kernel.Architecture;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.mount.OverlayOptions;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import dev.warren.linux.process.InitProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The machine's files as a lab's hosts may see them, and the memory that holds the hosts' own:
 *
 * <pre>
 *   base   the machine's files, read-only, and the memory: nobody but the lab enters it
 *   view   what hosts start from, without the memory, sealed ({@link HostView})
 * </pre>
 *
 * <p>A folder of the machine that memory is mounted on takes the mount with it when it is removed,
 * in every namespace. So in the base the memory lies on a folder that the machine always has (the
 * anchor), and a host that is being made has it at the store, a folder that is there during a
 * change only.
 */
final class Base implements AutoCloseable {
  /** Every Linux has them, and none is removed. */
  private static final List<Path> ANCHORS =
      List.of(Path.of("/dev/shm"), Path.of("/run"), Path.of("/tmp"));

  private static final Path PROC = Path.of("/proc");
  private static final Path USR = Path.of("/usr");
  private static final String MACHINE_USR = "usr";
  private static final String COMMON_ETC = "etc";
  private static final String PROGRAMS = "programs";

  private final Kernel kernel;

  /** It is in the base. */
  private final HostThread thread;

  private final Open open;
  private final Path anchor;
  private final Path store;
  private final HostIds ids;

  /**
   * What is held open.
   *
   * @param namespace the base
   * @param proc the machine's /proc
   * @param programs the folder that holds {@link InitProgram}; empty on a kind of machine that has
   *     none
   * @param pids the PID namespace of this JVM; empty where a thread that gave its children another
   *     one may not come back to it: for the machine's own that takes the machine's root
   */
  private record Open(
      Descriptor namespace,
      HostView view,
      Descriptor proc,
      Optional<Descriptor> programs,
      Optional<Descriptor> pids)
      implements AutoCloseable {
    @Override
    public void close() {
      pids.ifPresent(Descriptor::close);
      programs.ifPresent(Descriptor::close);
      proc.close();
      view.close();
      namespace.close();
    }
  }

  private Base(Kernel kernel, HostThread thread, Open open, Path anchor, Path store, HostIds ids) {
    this.kernel = kernel;
    this.thread = thread;
    this.open = open;
    this.anchor = anchor;
    this.store = store;
    this.ids = ids;
  }

  static Base make(Kernel kernel, Operation.MakeBase operation) throws IOException {
    Path anchor = anchor(operation.store());
    HostIds ids = HostIds.ofLab();
    HostThread thread = HostThread.outside("warren-base");
    try {
      thread.run(() -> fill(kernel, operation, anchor, ids));
      Open open = open(kernel, thread, operation, anchor);
      return new Base(kernel, thread, open, anchor, operation.store(), ids);
    } catch (IOException | RuntimeException failure) {
      thread.close();
      throw failure;
    }
  }

  private static void fill(Kernel kernel, Operation.MakeBase operation, Path anchor, HostIds ids)
      throws IOException {
    Mounts mounts = new Mounts(kernel);
    new Namespaces(kernel).unshare(EnumSet.of(NamespaceKind.MOUNT));
    mounts.makePrivate();
    // The machine's files are to be read: what a host writes is its own, or an error.
    mounts.makeReadOnly(Path.of("/"));
    for (Path hidden : operation.hidden()) {
      mounts.tmpfs(hidden, "mode=0000,size=4k,nr_inodes=1");
      mounts.makeReadOnly(hidden);
    }
    mounts.tmpfs(anchor, "mode=0755");
    if (!operation.layers().isEmpty()) {
      // For hosts that lay more over it: the kernel stacks overlays only two deep.
      mounts.bind(USR, Files.createDirectory(anchor.resolve(MACHINE_USR)));
      List<Path> lower = new ArrayList<>(operation.layers());
      lower.add(USR);
      mounts.overlay(USR, new OverlayOptions(lower, Optional.empty(), false));
    }
    Path shared = Files.createDirectory(anchor.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 0755);
    Files.createDirectory(anchor.resolve("hosts"));
    Path etc = Files.createDirectory(anchor.resolve(COMMON_ETC));
    EtcFiles.writeCommon(etc, Path.of("/etc"), ids);
    Path programs = Files.createDirectory(anchor.resolve(PROGRAMS));
    Optional<byte[]> init = InitProgram.of(Architecture.current());
    if (init.isPresent()) {
      Path program = Files.write(programs.resolve(InitProgram.PATH), init.get());
      Files.setAttribute(program, "unix:mode", 0755);
    }
  }

  private static Open open(
      Kernel kernel, HostThread thread, Operation.MakeBase operation, Path anchor)
      throws IOException {
    Map<String, Descriptor> opened = new HashMap<>();
    try {
      thread.run(
          () -> {
            opened.put("base", new Namespaces(kernel).own(NamespaceKind.MOUNT));
            opened.put("proc", Descriptor.open(kernel, PROC, Descriptor.O_RDONLY));
            wayBack(kernel).ifPresent(pids -> opened.put("pids", pids));
            Path programs = anchor.resolve(PROGRAMS);
            if (Files.exists(programs.resolve(InitProgram.PATH))) {
              Mounts mounts = new Mounts(kernel);
              Descriptor copy = mounts.copy(programs);
              opened.put("programs", copy);
              // A host's root can open the program of its init, by /proc/1/exe.
              mounts.makeReadOnly(copy, programs);
            }
          });
      Descriptor base = Objects.requireNonNull(opened.get("base"), "it was opened");
      return new Open(
          base,
          HostView.make(kernel, base, anchor, operation),
          Objects.requireNonNull(opened.get("proc"), "it was opened"),
          Optional.ofNullable(opened.get("programs")),
          Optional.ofNullable(opened.get("pids")));
    } catch (IOException | RuntimeException failure) {
      opened.values().forEach(Descriptor::close);
      throw failure;
    }
  }

  private static Optional<Descriptor> wayBack(Kernel kernel) throws KernelException {
    Namespaces namespaces = new Namespaces(kernel);
    Descriptor own = namespaces.own(NamespaceKind.PID);
    try {
      namespaces.enter(own, NamespaceKind.PID);
      return Optional.of(own);
    } catch (KernelException refused) {
      own.close();
      if (!refused.is(Errno.EPERM)) {
        throw refused;
      }
      return Optional.empty();
    }
  }

  /** Where the memory does not hide the store's own place. */
  private static Path anchor(Path store) throws IOException {
    return ANCHORS.stream()
        .filter(path -> !store.startsWith(path) && Files.isDirectory(path))
        .findFirst()
        .orElseThrow(() -> new IOException("the machine has none of the folders " + ANCHORS));
  }

  /** The base, where programs are the machine's: open as long as this is. */
  Descriptor namespace() {
    return open.namespace();
  }

  /** The machine's /proc. */
  Descriptor proc() {
    return open.proc();
  }

  /** The open folder with {@link InitProgram}; empty on a kind of machine that has none. */
  Optional<Descriptor> initProgram() {
    return open.programs();
  }

  /** The ids of the lab. */
  HostIds ids() {
    return ids;
  }

  /** Whether a thread that has made a host may make another one. */
  boolean letsThreadsBack() {
    return open.pids().isPresent();
  }

  /**
   * Takes the calling thread into the view, for it to make a mount namespace of its own; it may
   * have made a host before.
   *
   * @return the memory, to be {@link #showStore shown} there; the caller's to close
   */
  Descriptor enter() throws IOException {
    Namespaces namespaces = new Namespaces(kernel);
    namespaces.enter(open.namespace(), NamespaceKind.MOUNT);
    if (open.pids().isPresent()) {
      namespaces.enter(open.pids().get(), NamespaceKind.PID);
    }
    Descriptor memory = new Mounts(kernel).copyTree(anchor);
    try {
      namespaces.enter(open.view().sealed(), NamespaceKind.MOUNT);
      return memory;
    } catch (IOException failure) {
      memory.close();
      throw failure;
    }
  }

  /**
   * Shows the memory at the store, to a thread that has a mount namespace of its own by now.
   *
   * @param host gets a folder there
   */
  void showStore(Descriptor memory, String host) throws IOException {
    Mounts mounts = new Mounts(kernel);
    mounts.attach(memory, store);
    // What is mounted over the store later does not keep it from being taken away.
    mounts.goTo(store);
    Path folder = folder(host);
    if (Files.exists(folder)) {
      // Of one whose files could not be removed when it ended.
      Trees.delete(folder);
    }
    Files.createDirectory(folder);
  }

  /** Whether a host that is being made sees a place of the machine without {@link #machine}. */
  boolean shows(Path place) {
    return open.view().shown().contains(place);
  }

  /** Copies all that hosts may see of the machine, to be shown to one while it is made. */
  Descriptor machine() throws IOException {
    try (HostThread other = HostThread.outside("warren-copy")) {
      return other.get(
          () -> {
            new Namespaces(kernel).enter(open.view().machine(), NamespaceKind.MOUNT);
            return new Mounts(kernel).copyTree(Path.of("/"));
          });
    }
  }

  /**
   * Copies what is at a place, with all that is mounted below it, for a host to write to.
   *
   * @param source on the machine, or in the store
   */
  PrivateTree.WritableCopy writable(Path source) throws IOException {
    Path place = source.startsWith(store) ? anchor.resolve(store.relativize(source)) : source;
    return thread.get(
        () -> {
          Mounts mounts = new Mounts(kernel);
          Descriptor copy = mounts.copyTree(place);
          try {
            mounts.makeWritable(copy, source);
            return new PrivateTree.WritableCopy(copy, Files.isDirectory(place));
          } catch (IOException failure) {
            copy.close();
            throw failure;
          }
        });
  }

  /** Where in the store the machine's /usr is, if the lab has layers over it. */
  Path machineUsr() {
    return store.resolve(MACHINE_USR);
  }

  /** Where in the store the part of /etc lies that hosts have in common. */
  Path commonEtc() {
    return store.resolve(COMMON_ETC);
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
    thread.run(() -> Trees.delete(folder));
  }

  @Override
  public void close() {
    thread.close();
    open.close();
  }
}
