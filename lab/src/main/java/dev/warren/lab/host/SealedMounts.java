package dev.warren.lab.host;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.namespace.NamespaceKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of a mount namespace in which what is mounted is final for those that start from them.
 *
 * <p>The kernel locks every mount that it copies from one user namespace's mount namespace into
 * another's (mount_namespaces(7)): whoever is there can neither take it away, and see what it
 * hides, nor write where it is read-only. All hosts of a lab and the lab belong to one user
 * namespace. So in between stand mount namespaces that belong to another one, which nobody is in.
 *
 * @param first the one copy
 * @param second the other one
 */
public record SealedMounts(Descriptor first, Descriptor second) {
  private static final Logger LOG = LoggerFactory.getLogger(SealedMounts.class);

  /**
   * The /proc that is mounted first has the process IDs of this process and its children, which
   * end: a host that takes its own /proc away sees an empty one, not the machine's.
   */
  private static final String SCRIPT = Init.MOUNT_PROC + "exec \"$@\"\n";

  /**
   * Mounts a /proc that shows no process, and seals that and all else.
   *
   * @param open the mount namespace
   * @return the caller's to close; empty where no user namespace can be made, as a container's
   *     seccomp profile has it: there the container is the wall
   */
  public static Optional<SealedMounts> of(Kernel kernel, Descriptor open) throws IOException {
    List<String> maker = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "warren"));
    maker.addAll(List.of("unshare", "--user", "--map-root-user", "--mount", "--"));
    maker.addAll(Keeper.pause());
    maker.addAll(List.of("unshare", "--mount", "--"));
    Keeper started;
    try {
      started = Keeper.start(kernel, open, maker, List.of());
    } catch (KernelException failure) {
      throw failure;
    } catch (IOException refused) {
      // What unshare(1) says.
      LOG.warn(
          "the hosts' root can undo that the machine's files are read-only: {}",
          refused.getMessage());
      return Optional.empty();
    }
    try (Keeper keeper = started) {
      Descriptor first = keeper.open(NamespaceKind.MOUNT);
      try {
        keeper.goOn();
        return Optional.of(new SealedMounts(first, keeper.open(NamespaceKind.MOUNT)));
      } catch (IOException failure) {
        first.close();
        throw failure;
      }
    }
  }
}
