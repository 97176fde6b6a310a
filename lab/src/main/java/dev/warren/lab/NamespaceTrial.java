package dev.warren.lab;

import dev.warren.lab.host.HostThread;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Does what every host begins with, on a thread that ends with all that it made. */
final class NamespaceTrial {
  /**
   * Of filters and security modules, of kernels without the call, and of those without the kind.
   */
  private static final Set<Errno> REFUSALS =
      EnumSet.of(Errno.EPERM, Errno.EACCES, Errno.ENOSYS, Errno.EINVAL);

  private NamespaceTrial() {}

  /**
   * What the kernel refuses; empty when it refuses nothing. That something runs out is no refusal:
   * who makes a lab is told then.
   */
  static Optional<String> refusal() {
    try (HostThread thread = HostThread.outside("warren-trial")) {
      thread.run(
          () -> {
            Kernel kernel = Kernel.real();
            Namespaces namespaces = new Namespaces(kernel);
            namespaces.unshare(EnumSet.of(NamespaceKind.MOUNT, NamespaceKind.UTS));
            new Mounts(kernel).makePrivate();
            namespaces.hostname("trial");
          });
      return Optional.empty();
    } catch (KernelException failure) {
      return REFUSALS.stream().anyMatch(failure::is)
          ? Optional.of(String.valueOf(failure.getMessage()))
          : Optional.empty();
    } catch (IOException anotherOne) {
      return Optional.empty();
    }
  }
}
