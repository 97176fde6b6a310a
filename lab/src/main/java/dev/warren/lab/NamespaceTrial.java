package dev.warren.lab;

import dev.warren.lab.host.HostThread;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;

/** Does what every host begins with, on a thread that ends with all that it made. */
final class NamespaceTrial {
  private NamespaceTrial() {}

  /** What the kernel refuses; empty when it refuses nothing. */
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
    } catch (KernelException refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    } catch (IOException failure) {
      return Optional.of(failure.toString());
    }
  }
}
