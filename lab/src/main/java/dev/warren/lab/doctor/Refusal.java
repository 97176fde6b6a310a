package dev.warren.lab.doctor;

import dev.warren.linux.kernel.Kernel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What stands in the way of namespaces: the causes show alike (EPERM), the remedies differ. The
 * launcher's find_refusal (java.sh) knows the first ones in the same words.
 *
 * @param cause as a fact
 * @param remedy what to do
 * @param rootHelps whether root is not concerned
 */
record Refusal(String cause, String remedy, boolean rootHelps) {
  private static final String LIMITS = "/proc/sys/user/max_%s_namespaces";

  /** Those that a trial makes, as /proc/sys/user calls them (namespaces(7)). */
  private static final List<String> KINDS = List.of("user", "mnt", "net", "uts", "ipc", "pid");

  /** Where a uid is not mapped this is shown for it: overflowuid(5). */
  private static final String OVERFLOW = "/proc/sys/kernel/overflowuid";

  private static final long USUAL_OVERFLOW = 65_534;

  /**
   * The most telling cause: several may hold at once.
   *
   * @param words what unshare(1) said
   */
  static Refusal of(Machine machine, Kernel kernel, String words) {
    return limit(machine)
        .or(() -> distributionsSwitch(machine))
        .or(() -> exhausted(words))
        .or(() -> securityModule(machine, words))
        .or(() -> unmapped(machine))
        .or(() -> rootWithoutPowers(machine, words))
        .or(() -> filter(machine, kernel, words))
        .orElseGet(
            () ->
                words.contains("not permitted")
                    ? new Refusal(
                        "a chroot, or something that does not say who it is: " + words,
                        "leave the chroot if this is one",
                        true)
                    : new Refusal(words, "leave the chroot if this is one", true));
  }

  private static Optional<Refusal> limit(Machine machine) {
    return KINDS.stream()
        .filter(kind -> machine.number(LIMITS.formatted(kind)).orElse(1L) == 0)
        .findFirst()
        .map(
            kind ->
                new Refusal(
                    LIMITS.formatted(kind) + " is 0",
                    "sysctl user.max_%s_namespaces=15000".formatted(kind),
                    kind.equals("user")));
  }

  private static Optional<Refusal> distributionsSwitch(Machine machine) {
    if (machine.number("/proc/sys/kernel/unprivileged_userns_clone").orElse(1L) == 0) {
      return Optional.of(
          new Refusal(
              "/proc/sys/kernel/unprivileged_userns_clone is 0 (Debian)",
              "sysctl kernel.unprivileged_userns_clone=1",
              true));
    }
    if (machine.number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").orElse(0L) == 1) {
      return Optional.of(
          new Refusal(
              "AppArmor restricts user namespaces of programs without a profile (Ubuntu)",
              "sysctl kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile with"
                  + " `userns,` for /usr/bin/unshare",
              true));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> exhausted(String words) {
    return words.contains("No space left")
        ? Optional.of(
            new Refusal(
                "the limit of namespaces is reached, or they are nested more than 32 deep",
                "sysctl user.max_user_namespaces=15000 user.max_net_namespaces=15000; or nest"
                    + " less",
                false))
        : Optional.empty();
  }

  /** They say EACCES; seccomp and the kernel's own checks say EPERM. */
  private static Optional<Refusal> securityModule(Machine machine, String words) {
    if (!words.contains("denied")) {
      return Optional.empty();
    }
    if (isDockerDefault(machine)) {
      return Optional.of(
          new Refusal(
              "AppArmor's profile docker-default refuses mounts",
              machine.container().apparmor(),
              false));
    }
    return machine.number("/sys/fs/selinux/enforce").orElse(0L) == 1
        ? Optional.of(
            new Refusal(
                "SELinux refuses: " + words, "allow user_namespace { create } in the policy", true))
        : Optional.empty();
  }

  static boolean isDockerDefault(Machine machine) {
    return machine.read("/proc/self/attr/current").orElse("").startsWith("docker-default");
  }

  private static Optional<Refusal> unmapped(Machine machine) {
    return lacks(machine, "Uid", "/proc/self/uid_map")
        .or(() -> lacks(machine, "Gid", "/proc/self/gid_map"));
  }

  private static Optional<Refusal> lacks(Machine machine, String key, String map) {
    return machine
        .field("/proc/self/status", key)
        // Real, effective, saved and of the file system; an overflow id stands for any other.
        .map(ids -> Long.parseLong(ids.split("\\s", 2)[0]))
        .filter(id -> id.equals(machine.number(OVERFLOW).orElse(USUAL_OVERFLOW)))
        .filter(id -> !machine.idMap(map).contains(id))
        .map(
            _ ->
                new Refusal(
                    "this process's %s is not in its user namespace's map (%s)"
                        .formatted(key.toLowerCase(Locale.ROOT), map),
                    "map it: unshare --map-current-user, or --map-root-user",
                    true));
  }

  /** Since Linux 5.12, user_namespaces(7): who has uid 0 must have CAP_SETFCAP to pass it on. */
  private static Optional<Refusal> rootWithoutPowers(Machine machine, String words) {
    boolean root =
        machine.field("/proc/self/status", "Uid").filter(ids -> ids.startsWith("0\t")).isPresent();
    return root && words.contains("uid_map")
        ? Optional.of(
            new Refusal(
                "root without CAP_SETFCAP may not pass its uid to a namespace: " + words,
                "give root that power (docker run --cap-add SETFCAP), or run Warren as another"
                    + " user (docker run --user 1000)",
                false))
        : Optional.empty();
  }

  private static Optional<Refusal> filter(Machine machine, Kernel kernel, String words) {
    if (machine.field("/proc/self/status", "Seccomp").orElse("0").equals("0")) {
      return Optional.empty();
    }
    String which =
        KernelChecks.filtered(kernel).isEmpty()
            ? "a seccomp filter is on, which may refuse flags of unshare, or this is a chroot: "
            : "a seccomp filter is on: ";
    String remedy = machine.container().seccomp();
    return Optional.of(
        new Refusal(
            which + words,
            isDockerDefault(machine) ? remedy + "; with apparmor=unconfined" : remedy,
            false));
  }

  /** As a finding. */
  Finding finding(String name) {
    return Finding.no(
        name,
        Need.LABS,
        cause,
        rootHelps ? "no labs in namespaces but as root" : "no labs in namespaces",
        rootHelps ? remedy + "; or run Warren as root" : remedy);
  }
}
