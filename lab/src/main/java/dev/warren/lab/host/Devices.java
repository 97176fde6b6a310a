package dev.warren.lab.host;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.mount.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A /dev that shows none of the machine's devices but those that keep nothing, and terminals of the
 * host's own:
 *
 * <pre>
 *   null zero full random urandom tty    the machine's, bound
 *   net/tun                              too, where the machine has it: it acts on the host's network
 *   pts, ptmx                            a devpts of the host's own
 *   shm                                  a private directory, mounted later
 *   fd stdin stdout stderr               links into /proc
 * </pre>
 */
final class Devices {
  private static final List<String> BOUND =
      List.of("null", "zero", "full", "random", "urandom", "tty", "net/tun");

  private static final Map<String, String> LINKS =
      Map.of(
          "ptmx", "pts/ptmx",
          "fd", "/proc/self/fd",
          "stdin", "/proc/self/fd/0",
          "stdout", "/proc/self/fd/1",
          "stderr", "/proc/self/fd/2");

  /** The group "tty" of Debian's base-passwd, which terminals belong to. */
  private static final int TTY_GROUP = 5;

  private final Mounts mounts;
  private final HostIds ids;

  Devices(Kernel kernel, HostIds ids) {
    this.mounts = new Mounts(kernel);
    this.ids = ids;
  }

  /**
   * Mounts them.
   *
   * @param folder an empty folder in memory, for the host's /dev
   * @param machine the machine's /dev as this thread sees it
   * @param dev where it is to be seen
   */
  void mount(Path folder, Path machine, Path dev) throws IOException {
    for (String name : BOUND) {
      Path device = machine.resolve(name);
      if (Files.exists(device)) {
        Path place = folder.resolve(name);
        if (name.contains("/")) {
          Files.createDirectory(folder.resolve(name.substring(0, name.indexOf('/'))));
        }
        Files.createFile(place);
        mounts.bind(device, place);
      }
    }
    for (var link : LINKS.entrySet()) {
      Files.createSymbolicLink(folder.resolve(link.getKey()), Path.of(link.getValue()));
    }
    Files.createDirectory(folder.resolve("shm"));
    Path terminals = Files.createDirectory(folder.resolve("pts"));
    OptionalInt tty = ids.gid(TTY_GROUP);
    String group = tty.isPresent() ? ",gid=" + Integer.toUnsignedString(tty.getAsInt()) : "";
    // man devpts: mode 620 lets write(1) in, ptmxmode lets everybody open a terminal.
    mounts.devpts(terminals, "newinstance,ptmxmode=0666,mode=0620" + group);
    mounts.bind(folder, dev);
  }
}
