package dev.warren.lab.host;

import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.PrivateDirectory;
import dev.warren.lab.description.UserDescription;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.mount.OverlayOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that a host has for itself, made on a thread inside it out of one folder in memory (its
 * store):
 *
 * <pre>
 *   store/etc, store/etc-work     upper side of the overlay on /etc
 *   store/private/N               what is bound on the Nth private directory
 *   store/over/N                  upper side of an overlay that was needed for a new mount point
 * </pre>
 */
public final class PrivateTree {
  /**
   * A copy of a mount that a host may write to.
   *
   * @param copy see {@link Mounts#copyTree}
   * @param isFolder what it is of: a folder, or a file
   */
  public record WritableCopy(Descriptor copy, boolean isFolder) implements AutoCloseable {
    @Override
    public void close() {
      copy.close();
    }
  }

  /** Where the machine's / is seen while a host with a root of its own is put together. */
  private static final Path OLD_ROOT = Path.of("/.warren");

  private static final Path ROOT = Path.of("/");
  private static final Path ETC = Path.of("/etc");
  private static final Path DEV = Path.of("/dev");
  private static final int HOME_MODE = 0700;

  private final Kernel kernel;
  private final Mounts mounts;
  private final HostIds ids;
  private Path store;

  /** Where the mount namespace's first / is seen on this thread. */
  private Path outer = ROOT;

  /** How the machine's / is seen on this thread: below {@link #outer}, less what is covered. */
  private Path machine = ROOT;

  /** Real paths below which this host may create what it likes. */
  private final List<Path> own = new ArrayList<>();

  /** Where in the store the private directories lie. */
  private final Map<Path, Path> sources = new HashMap<>();

  private int count;

  /**
   * A tree whose files lie in a folder in memory.
   *
   * @param ids whom they can belong to
   */
  public PrivateTree(Kernel kernel, Path store, HostIds ids) {
    this.kernel = kernel;
    this.mounts = new Mounts(kernel);
    this.ids = ids;
    this.store = store;
  }

  /**
   * Shows all of the machine's files until {@link #hideStore}: what is taken from there may be
   * covered in what the host starts from.
   */
  public void showMachine(Descriptor copy) throws IOException {
    Path place = Folders.make(store.resolve("machine"), 0755);
    mounts.attach(copy, place);
    machine = place;
  }

  /**
   * Changes into a root file system of the host's own: the folder, and over it what the host
   * changes. Everything else is made in there; until {@link #hideStore} the machine's / is below.
   */
  public void mountRoot(Path folder) throws IOException {
    Path root = Folders.make(store.resolve("root"), 0755);
    overlay(
        root,
        List.of(onMachine(folder)),
        Folders.make(store.resolve("root-upper"), 0755),
        store.resolve("root-work"));
    for (String kernels : List.of("proc", "sys")) {
      Path place = root.resolve(kernels);
      Files.createDirectories(place);
      mounts.bind(ROOT.resolve(kernels), place);
    }
    Files.createDirectories(root.resolve("dev"));
    Path old = Files.createDirectories(root.resolve(ROOT.relativize(OLD_ROOT)));
    mounts.pivotRoot(root, old);
    outer = OLD_ROOT;
    store = outer.resolve(ROOT.relativize(store));
    machine = outer.resolve(ROOT.relativize(machine));
    own.add(ROOT);
  }

  /** A path of the machine, as this thread sees it. */
  private Path onMachine(Path path) {
    return machine.resolve(ROOT.relativize(path));
  }

  private boolean isRooted() {
    return !outer.equals(ROOT);
  }

  /** Gives the host a /dev that shows nothing of the machine's. */
  public void mountDevices() throws IOException {
    new Devices(kernel, ids)
        .mount(Folders.make(store.resolve("dev"), 0755), outer.resolve(ROOT.relativize(DEV)), DEV);
    own.add(DEV);
  }

  /** Makes programs work that change users by the host's passwords. */
  public void mountAccountPrograms() throws IOException {
    new AccountPrograms(kernel, ids).mount(Folders.make(store.resolve("programs"), 0755));
  }

  /**
   * Lays software over /usr, which only this host sees.
   *
   * @param layer a folder with the content of a /usr
   * @param labLayers what the lab has laid over the machine's /usr already, the topmost first
   * @param machineUsr where that is without them: the kernel stacks overlays only two deep, and the
   *     machine's own / may be one
   */
  public void layOverUsr(Path layer, List<Path> labLayers, Path machineUsr) throws KernelException {
    Path usr = Path.of("/usr");
    List<Path> lower = new ArrayList<>(List.of(onMachine(layer)));
    labLayers.forEach(one -> lower.add(onMachine(one)));
    lower.add(labLayers.isEmpty() || isRooted() ? usr : machineUsr);
    mounts.overlay(usr, new OverlayOptions(lower, Optional.empty(), false));
  }

  /**
   * Lays the host's own files over the machine's /etc.
   *
   * @param common a folder of the store with what is missing in the files; empty when nothing is
   * @param layers further /etc folders of the machine, the topmost first
   */
  public void mountEtc(Map<String, String> files, Optional<Path> common, List<Path> layers)
      throws IOException {
    Path upper = isRooted() ? Folders.makeAll(ETC) : Folders.make(store.resolve("etc"), 0755);
    if (isRooted()) {
      for (String file : files.keySet()) {
        Files.deleteIfExists(upper.resolve(file)); // it may be a link, as resolv.conf is
      }
    }
    EtcFiles.write(files, upper);
    if (!isRooted()) {
      List<Path> lower = new ArrayList<>(common.stream().toList());
      layers.forEach(layer -> lower.add(onMachine(layer)));
      lower.add(ETC);
      overlay(ETC, lower, upper, store.resolve("etc-work"));
      own.add(ETC);
    }
    if (files.containsKey("shadow")) {
      EtcFiles.giveShadow(ETC, ids);
    }
  }

  /** Puts into a private directory what it starts with; it is mounted later. */
  public void fill(PrivateDirectory directory) throws IOException {
    Path source = Folders.make(sourceOf(directory.path()), 0755);
    if (directory.size().isPresent()) {
      mounts.tmpfs(source, "mode=0755,size=" + directory.size().getAsLong());
    }
    if (directory.seed().isPresent()) {
      Path seed = directory.seed().get();
      Seed.fill(source, onMachine(seed), seed, ids);
      Owners owners = Owners.of(directory.ownership(), ids);
      if (!owners.isEmpty()) {
        owners.giveAll(source);
      }
    }
  }

  /**
   * Gives the host a directory of its own.
   *
   * @param mode its permissions
   */
  public void mountPrivate(PrivateDirectory directory, int mode) throws IOException {
    Path target = directory.path();
    Path source = sourceOf(target);
    if (!Files.isDirectory(source)) {
      Files.createDirectories(Folders.parent(source));
      Files.createDirectory(source);
    }
    Owners.of(directory.ownership(), ids).give(source);
    Folders.setMode(source, mode);
    Path place = target.toRealPath();
    mounts.bind(source, place);
    own.add(place);
  }

  /**
   * Makes places for what comes later, before anything is mounted that an overlay would hide. The
   * machine's own folders stay as they are: where something new is to lie in one, an overlay is
   * laid over it.
   *
   * @param directories that must exist, to be mounted on
   * @param folders that files will be written to
   */
  public void makeRoom(List<Path> directories, List<Path> folders) throws IOException {
    List<Path> missing =
        directories.stream().filter(directory -> !Files.isDirectory(directory)).toList();
    List<Path> parents = new ArrayList<>();
    for (Path path : Stream.concat(missing.stream(), folders.stream()).toList()) {
      parents.add(Folders.existingAbove(path).toRealPath());
    }
    // The shallow first: what lies below them is then the host's own already.
    parents.sort(Comparator.comparingInt(Path::getNameCount));
    for (Path parent : parents) {
      makeOwn(parent);
    }
    for (Path path : missing) {
      Folders.makeAll(path);
    }
  }

  private void makeOwn(Path folder) throws IOException {
    if (own.stream().anyMatch(folder::startsWith)) {
      return;
    }
    if (folder.equals(ROOT)) {
      throw new IOException(
          "a new folder right below / cannot be made, / is the machine's: use one below an existing"
              + " folder");
    }
    Path over = store.resolve("over").resolve(Integer.toString(count++));
    int mode = (int) Files.getAttribute(folder, "unix:mode") & 07777;
    overlay(
        folder, List.of(folder), Folders.make(over.resolve("upper"), mode), over.resolve("work"));
    own.add(folder);
  }

  /**
   * Shows a file or folder inside a private directory that is going to be mounted: what lies under
   * it may hide the folder.
   *
   * @param target below {@code directory}
   * @param writable a copy of it that can be written to; without one it is read-only
   */
  public void share(
      Path machineSource, Path directory, Path target, Optional<WritableCopy> writable)
      throws IOException {
    Path source = onMachine(machineSource);
    boolean isFolder = isFolder(source, machineSource, writable);
    Path place = sourceOf(directory).resolve(directory.relativize(target));
    if (isFolder) {
      Folders.makeAll(place);
    } else {
      Folders.makeAll(Folders.parent(place));
      Files.createFile(place);
    }
    show(source, place, writable);
  }

  /**
   * Shows a file or folder of the machine; the folder at the target, or that of the file, is there.
   *
   * @param writable a copy of it that can be written to; without one it is read-only
   */
  public void bind(Path machineSource, Path target, Optional<WritableCopy> writable)
      throws IOException {
    Path source = onMachine(machineSource);
    if (isFolder(source, machineSource, writable)) {
      Folders.makeAll(target);
    } else if (!Files.exists(target)) {
      Files.createFile(Folders.makeAll(Folders.parent(target)).resolve(target.getFileName()));
    }
    show(source, target, writable);
  }

  private static boolean isFolder(Path source, Path machineSource, Optional<WritableCopy> writable)
      throws IOException {
    if (writable.isPresent()) {
      return writable.get().isFolder();
    }
    if (!Files.exists(source)) {
      throw new IOException("there is no " + machineSource);
    }
    return Files.isDirectory(source);
  }

  private void show(Path source, Path place, Optional<WritableCopy> writable) throws IOException {
    if (writable.isPresent()) {
      mounts.attach(writable.get().copy(), place);
    } else {
      mounts.bindReadOnly(source, place);
    }
  }

  /** Makes a user's home, where there is nothing yet. */
  public void makeHome(UserDescription user) throws IOException {
    Path home = Path.of(user.home());
    if (!Files.exists(home)) {
      Owners owners = Owners.of(user.uid(), user.gid(), ids);
      Folders.makeAll(home);
      owners.give(home);
      Folders.setMode(home, HOME_MODE);
    }
  }

  private Path sourceOf(Path directory) {
    return sources.computeIfAbsent(
        directory, _ -> store.resolve("private").resolve(Integer.toString(count++)));
  }

  /** Shows the network namespace's own devices under /sys, where the kernel lets us. */
  public void mountSys() throws KernelException {
    try {
      mounts.sysfs(Path.of("/sys"));
    } catch (KernelException refused) {
      // Containers mask parts of /sys, and the kernel then refuses a fresh one: the outer stays.
      if (!refused.is(Errno.EPERM)) {
        throw refused;
      }
    }
  }

  /** Takes the store out of the host's sight, and what of the machine was shown there. */
  public void hideStore() throws IOException {
    if (isRooted()) {
      mounts.detach(OLD_ROOT);
      Files.delete(OLD_ROOT);
      return;
    }
    // This thread has been there since before something was mounted over it.
    mounts.detach(Path.of("."));
    mounts.goTo(ROOT);
  }

  /** Writes a file; one of the machine's root can be replaced by an ordinary user, not changed. */
  public void write(FileDescription file, byte[] content) throws IOException {
    Folders.makeAll(Folders.parent(file.path()));
    Files.deleteIfExists(file.path());
    Files.write(file.path(), content);
    Owners.of(file.ownership(), ids).give(file.path());
    Folders.setMode(file.path(), file.mode());
  }

  private void overlay(Path target, List<Path> lower, Path upper, Path work) throws IOException {
    Folders.make(work, 0755);
    var sides = new OverlayOptions.Upper(upper, work);
    try {
      mounts.overlay(target, new OverlayOptions(lower, Optional.of(sides), !ids.initial()));
    } catch (KernelException refused) {
      // In a container: the lower side has mounts of its own, or lies on an overlay already.
      if (!refused.is(Errno.EINVAL)) {
        throw refused;
      }
      for (Path layer : lower) {
        TreeCopy.intoGaps(layer, upper);
      }
      mounts.bind(upper, target);
    }
  }
}
