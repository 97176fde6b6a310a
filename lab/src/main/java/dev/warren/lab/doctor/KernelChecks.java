package dev.warren.lab.doctor;

import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.SystemCall;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel is, and whether a filter stands before it. */
final class KernelChecks {
  private static final String NAME = "kernel";

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  /** mount_setattr(2) came with 5.12, overlay in a user namespace with 5.11. */
  private static final int MAJOR = 5;

  private static final int MINOR = 12;

  private KernelChecks() {}

  static List<Finding> run(Machine machine, Kernel kernel) {
    List<Finding> findings = new ArrayList<>();
    // It pretends to be a Linux: its log begins with its name (gvisor.dev,
    // pkg/sentry/kernel/syslog.go).
    boolean gvisor =
        machine
            .ask(List.of("dmesg"))
            .text()
            .lines()
            .limit(1)
            .anyMatch(line -> line.contains("Starting gVisor"));
    String release = machine.read("/proc/sys/kernel/osrelease").orElse("unknown");
    findings.add(gvisor ? gvisor(release) : version(release));
    findings.add(seccomp(machine, kernel));
    return findings;
  }

  private static Finding gvisor(String release) {
    return Finding.no(
        NAME,
        Need.LABS,
        "gVisor, which calls itself Linux " + release,
        "it has no bridges and no cables: no labs in namespaces",
        "another runtime: docker run --runtime=runc (Kubernetes: runtimeClassName)");
  }

  static Finding version(String release) {
    Matcher parts = VERSION.matcher(release);
    if (parts.matches()) {
      int major = Integer.parseInt(parts.group(1));
      int minor = Integer.parseInt(parts.group(2));
      if (major > MAJOR || (major == MAJOR && minor >= MINOR)) {
        return Finding.yes(NAME, Need.LABS, "Linux " + release);
      }
    }
    return Finding.no(
        NAME,
        Need.LABS,
        "Linux " + release,
        "labs need mount_setattr(2) and overlays in user namespaces",
        "Linux %d.%d or newer".formatted(MAJOR, MINOR));
  }

  /**
   * The calls that a filter refuses. Each is made so that the kernel itself refuses it with a
   * certain error, without effect; any other answer comes from a filter.
   */
  static List<String> filtered(Kernel kernel) {
    List<String> refused = new ArrayList<>();
    if (kernel.call(SystemCall.UNSHARE, 0, 0, 0) != 0) {
      refused.add("unshare");
    }
    if (kernel.call(SystemCall.SETNS, -1, 0, 0) != -Errno.EBADF.number()) {
      refused.add("setns");
    }
    if (kernel.call(SystemCall.MOUNT, 0, 0, 0) != -Errno.EFAULT.number()) {
      refused.add("mount");
    }
    return refused;
  }

  private static Finding seccomp(Machine machine, Kernel kernel) {
    List<String> refused = filtered(kernel);
    String name = "system calls";
    if (refused.isEmpty()) {
      return Finding.yes(name, Need.LABS, "unshare, setns and mount reach the kernel");
    }
    return Finding.no(
        name,
        Need.LABS,
        "a seccomp filter refuses " + String.join(", ", refused),
        "no namespaces: no labs in them",
        machine.container().seccomp());
  }
}
