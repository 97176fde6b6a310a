package dev.warren.linux.process;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;

/**
 * Lets this JVM use IPv6 in hosts where the machine itself has none, as in Docker's containers.
 *
 * <p>Java decides once whether there is IPv6, as it loads its library for the network: by whether
 * {@code /proc/net/if_inet6} has a line. So the library is loaded by a thread that sees a /proc
 * with nothing but such a line.
 */
public final class JavaIpv6 {
  /** The addresses of the machine, a line each. */
  private static final File ADDRESSES = new File("/proc/net/if_inet6");

  private static final Path PROC = Path.of("/proc");
  private static final String LOOPBACK = "00000000000000000000000000000001 01 80 10 80       lo\n";

  private JavaIpv6() {}

  /**
   * Does it, where it is needed and this process may; otherwise nothing. Nobody can have used
   * {@link InetAddress} or a channel before.
   */
  public static void allow(Kernel kernel) {
    if (!isMissing()) {
      return;
    }
    try {
      Threads.start("warren-ipv6", () -> load(kernel)).join();
    } catch (KernelException refused) {
      // It stays as it is: what wants IPv6 says so.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isMissing() {
    // Not by java.nio.file.Files: its channels bring the library for the network.
    try (InputStream addresses = new FileInputStream(ADDRESSES)) {
      return addresses.read() < 0;
    } catch (IOException none) {
      return false;
    }
  }

  private static void load(Kernel kernel) {
    try {
      new Namespaces(kernel).unshare(EnumSet.of(NamespaceKind.MOUNT));
      Mounts mounts = new Mounts(kernel);
      mounts.makePrivate();
      mounts.tmpfs(PROC, "mode=0755,size=64k");
      if (ADDRESSES.getParentFile().mkdir()) {
        try (OutputStream addresses = new FileOutputStream(ADDRESSES)) {
          addresses.write(LOOPBACK.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException refused) {
      // Without the powers of root there are no hosts either.
      return;
    }
    var _ = InetAddress.getLoopbackAddress();
  }
}
