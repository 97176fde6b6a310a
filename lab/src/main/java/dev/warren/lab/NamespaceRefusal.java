package dev.warren.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Why this process can make no hosts of namespaces.
 *
 * @param reason what refuses them, in one line
 * @param remedy what helps
 */
public record NamespaceRefusal(String reason, String remedy) {
  /** CAP_SYS_ADMIN of linux/capability.h. */
  private static final int ADMIN = 21;

  private static final Path STATUS = Path.of("/proc/self/status");

  /** Tries it, on a thread of its own; nothing is left of that. Empty when namespaces work. */
  public static Optional<NamespaceRefusal> find() {
    String system = System.getProperty("os.name");
    if (!system.equals("Linux")) {
      return of("only Linux has namespaces, and this is " + system, "run Warren on Linux");
    }
    if (!hasLinux()) {
      return of("Warren's module for Linux is not here", "put dev.warren.linux on the module path");
    }
    try {
      List<String> status = Files.readAllLines(STATUS);
      if ((Long.parseUnsignedLong(field(status, "CapEff"), 16) >> ADMIN & 1) == 0) {
        return of(
            "this JVM may make no namespaces (it lacks CAP_SYS_ADMIN)",
            "start it by the launcher, or with -javaagent:warren-agent.jar, which gives them to an"
                + " ordinary user");
      }
      return NamespaceTrial.refusal().map(reason -> refused(reason, status));
    } catch (NoSuchFileException noProc) {
      return of("there is no " + STATUS, "mount /proc");
    } catch (IOException ranOutOfSomething) {
      // That is for who makes the lab to say.
      return Optional.empty();
    }
  }

  /** The launcher's words for the same, and the doctor's. */
  private static NamespaceRefusal refused(String reason, List<String> status) {
    return field(status, "Seccomp").equals("0")
        ? new NamespaceRefusal(reason, "`warren doctor` finds out why")
        : new NamespaceRefusal(
            "a seccomp filter refuses namespaces, as that of containers does: " + reason,
            "start the container with a profile that allows them: `warren seccomp --for docker`"
                + " (podman, gitlab, kubernetes) says how");
  }

  private static String field(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("0");
  }

  private static Optional<NamespaceRefusal> of(String reason, String remedy) {
    return Optional.of(new NamespaceRefusal(reason, remedy));
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
