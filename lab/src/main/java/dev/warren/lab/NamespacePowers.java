package dev.warren.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether this process may make namespaces, found out without making any. */
final class NamespacePowers {
  /** CAP_SYS_ADMIN of linux/capability.h. */
  private static final int ADMIN = 21;

  private static final Path STATUS = Path.of("/proc/self/status");

  private NamespacePowers() {}

  /** Why it may not; empty when it may. */
  static Optional<String> refusal() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("only Linux has namespaces, and this is " + System.getProperty("os.name"));
    }
    if (!hasLinux()) {
      return Optional.of("Warren's module for Linux is not here");
    }
    try {
      boolean may =
          Files.readAllLines(STATUS).stream()
              .filter(line -> line.startsWith("CapEff:"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) >> ADMIN & 1) == 1);
      return may
          ? Optional.empty()
          : Optional.of(
              "this JVM may make no namespaces (it lacks CAP_SYS_ADMIN, which warren-agent.jar gives to that of an ordinary user)");
    } catch (IOException noProc) {
      return Optional.of("there is no " + STATUS);
    }
  }

  private static boolean hasLinux() {
    try {
      var _ = Class.forName("dev.warren.linux.kernel.Kernel");
      return true;
    } catch (ClassNotFoundException leftOff) {
      return false;
    }
  }
}
