package dev.warren.linux;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.util.EnumSet;
import java.util.concurrent.Callable;

/** Network namespaces of a test's own. */
public final class OwnNetwork {
  private static final Namespaces NAMESPACES = new Namespaces(Kernel.real());

  private OwnNetwork() {}

  /** A new one, by an open file. */
  public static Descriptor make() throws Exception {
    return OwnThread.call(
        () -> {
          NAMESPACES.unshare(EnumSet.of(NamespaceKind.NET));
          return NAMESPACES.own(NamespaceKind.NET);
        });
  }

  /** Runs code on a thread inside one. */
  public static <T> T in(Descriptor network, Callable<T> body) throws Exception {
    return OwnThread.call(
        () -> {
          NAMESPACES.enter(network, NamespaceKind.NET);
          return body.call();
        });
  }
}
