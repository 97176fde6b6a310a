package dev.warren.lab.doctor;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.SystemCall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Why newuidmap(1) gives a user no range of ids. */
final class IdRange {
  static final String NAME = "range of ids";

  private static final String COST =
      "one id only: services that change to another user fail, chown fails";

  private static final Distribution.Software UIDMAP =
      new Distribution.Software("newuidmap and newgidmap", "uidmap", "shadow-utils", "");

  /** S_ISUID of linux/stat.h. */
  private static final int SETUID = 04000;

  /** How many a line of /etc/subuid should have: what Debian's useradd gives. */
  private static final int USUAL = 65_536;

  private final Machine machine;
  private final Kernel kernel;
  private final String words;

  private IdRange(Machine machine, Kernel kernel, String words) {
    this.machine = machine;
    this.kernel = kernel;
    this.words = words;
  }

  /**
   * Labs work with one id; servers that change to users of their own do not.
   *
   * @param words what unshare(1) and newuidmap said
   */
  static Finding missing(Machine machine, Kernel kernel, String words) {
    return new IdRange(machine, kernel, words).finding();
  }

  private Finding finding() {
    return newPrivileges()
        .or(this::program)
        .or(this::ownNamespace)
        .or(this::line)
        .or(this::boundingSet)
        .orElseGet(
            () ->
                partly(
                    words,
                    "util-linux 2.38 or newer, and a line %s:100000:65536 in /etc/subuid and"
                            .formatted(machine.user())
                        + " /etc/subgid"));
  }

  private static Finding partly(String detail, String remedy) {
    return Finding.partly(NAME, Need.TESTENVS, detail, COST, remedy);
  }

  private Optional<Finding> newPrivileges() {
    if (!machine.field("/proc/self/status", "NoNewPrivs").orElse("0").equals("1")) {
      return Optional.empty();
    }
    String remedy =
        switch (machine.container()) {
          case DOCKER, PODMAN -> "start without --security-opt no-new-privileges";
          case KUBERNETES -> "in the securityContext: allowPrivilegeEscalation: true";
          default ->
              "start without it (systemd: NoNewPrivileges=no; docker: no-new-privileges:false)";
        };
    return Optional.of(partly("no-new-privileges is set: newuidmap cannot get its powers", remedy));
  }

  private Optional<Finding> program() {
    Optional<Path> program = machine.program("newuidmap");
    if (program.isEmpty()) {
      return Optional.of(
          partly("newuidmap is not installed", machine.distribution().install(UIDMAP)));
    }
    return isSetuid(program.get()) || hasCapabilities(program.get())
        ? Optional.empty()
        : Optional.of(
            partly(
                program.get() + " is neither setuid nor has file capabilities",
                "setcap cap_setuid+ep newuidmap and setcap cap_setgid+ep newgidmap, or chmod u+s"
                    + " for both"));
  }

  /** A range of ids that this process's own namespace has not cannot be given away. */
  private Optional<Finding> ownNamespace() {
    long own = machine.idMap("/proc/self/uid_map").size();
    return own == 0 || own >= USUAL
        ? Optional.empty()
        : Optional.of(
            partly(
                own == 1
                    ? "the user namespace that this process is in has one id itself"
                    : "the user namespace that this process is in has %,d ids itself"
                        .formatted(own),
                "start Warren outside of it, or give it a range: unshare --map-auto, podman"
                    + " --userns, docker's userns-remap"));
  }

  private Optional<Finding> line() {
    String user = machine.user();
    List<String> owners = List.of(user, machine.uid());
    for (String file : List.of("/etc/subuid", "/etc/subgid")) {
      boolean found =
          machine.read(file).stream()
              .flatMap(String::lines)
              .anyMatch(line -> owners.contains(line.split(":", 2)[0]));
      // Others than the file may know ranges: "subid" of nsswitch.conf(5).
      if (!found && !machine.field("/etc/nsswitch.conf", "subid").isPresent()) {
        return Optional.of(
            partly(
                "%s has no line for %s".formatted(file, user),
                "usermod --add-subuids 100000-165535 --add-subgids 100000-165535 " + user));
      }
    }
    return Optional.empty();
  }

  /** user_namespaces(7): a setuid program gets no power that the bounding set lacks. */
  private Optional<Finding> boundingSet() {
    return UserNamespaceChecks.isPrivileged(machine, "CapBnd")
            || machine.program("newuidmap").filter(this::hasCapabilities).isPresent()
        ? Optional.empty()
        : Optional.of(
            partly(
                "newuidmap gets no CAP_SYS_ADMIN by its setuid bit in this container",
                "file capabilities instead of the bit: chmod u-s newuidmap newgidmap, setcap"
                    + " cap_setuid+ep newuidmap, setcap cap_setgid+ep newgidmap"));
  }

  private static boolean isSetuid(Path program) {
    try {
      return ((int) Files.getAttribute(program, "unix:mode") & SETUID) != 0;
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** The attribute of capabilities(7). */
  private boolean hasCapabilities(Path program) {
    try (Arena arena = Arena.ofConfined()) {
      return kernel.call(
              SystemCall.GETXATTR,
              arena.allocateFrom(program.toString()).address(),
              arena.allocateFrom("security.capability").address(),
              0)
          > 0;
    }
  }
}
