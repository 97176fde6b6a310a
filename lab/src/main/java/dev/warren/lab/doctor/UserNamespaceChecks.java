package dev.warren.lab.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the caller can be root in a namespace of its own, how many ids that has, and what stands
 * in the way: the causes show alike (EPERM), the remedies differ.
 */
final class UserNamespaceChecks {
  private static final String NAME = "user namespace";
  private static final String RANGE = "range of ids";

  /** Bit of CAP_SYS_ADMIN, from linux/capability.h. */
  private static final int CAP_SYS_ADMIN = 21;

  private static final List<String> SINGLE = List.of("--user", "--map-root-user");
  private static final List<String> MAPPED = List.of("--user", "--map-root-user", "--map-auto");

  private UserNamespaceChecks() {}

  /**
   * The findings, and how a trial gets in.
   *
   * @param entry options of unshare(1) that give the powers of root; empty when nothing does
   */
  record Result(List<Finding> findings, Optional<List<String>> entry) {}

  static Result run(Machine machine) {
    if (isPrivileged(machine)) {
      return new Result(
          List.of(
              Finding.yes(NAME, Need.LABS, "not needed: this process may make namespaces (root)")),
          Optional.of(List.of()));
    }
    Machine.Answer single = trial(machine, SINGLE);
    if (!single.good()) {
      return new Result(List.of(refusal(machine, single.lastLine())), Optional.empty());
    }
    Finding works = Finding.yes(NAME, Need.LABS, "an unprivileged user becomes root in its own");
    Machine.Answer mapped = trial(machine, MAPPED);
    if (mapped.good()) {
      Finding range =
          Finding.yes(RANGE, Need.TESTENVS, "newuidmap maps the ids of /etc/subuid and subgid");
      return new Result(List.of(works, range), Optional.of(MAPPED));
    }
    return new Result(List.of(works, noRange(machine, mapped.lastLine())), Optional.of(SINGLE));
  }

  private static Machine.Answer trial(Machine machine, List<String> options) {
    List<String> command = new ArrayList<>(List.of("unshare"));
    command.addAll(options);
    // With a mount namespace: Ubuntu's AppArmor lets unshare succeed, and refuses what follows.
    command.addAll(List.of("--mount", "--net", "--", "true"));
    return machine.ask(command);
  }

  static boolean isPrivileged(Machine machine) {
    return machine
        .field("/proc/self/status", "CapEff")
        .map(set -> Long.parseUnsignedLong(set, 16))
        .filter(set -> (set >>> CAP_SYS_ADMIN & 1) == 1)
        .isPresent();
  }

  /** The most telling cause first: several may hold at once. */
  static Finding refusal(Machine machine, String words) {
    if (machine.number("/proc/sys/user/max_user_namespaces").orElse(1L) == 0) {
      return refused(
          "/proc/sys/user/max_user_namespaces is 0", "sysctl user.max_user_namespaces=15000");
    }
    if (machine.number("/proc/sys/kernel/unprivileged_userns_clone").orElse(1L) == 0) {
      return refused(
          "/proc/sys/kernel/unprivileged_userns_clone is 0",
          "sysctl kernel.unprivileged_userns_clone=1");
    }
    if (machine.number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").orElse(0L) == 1) {
      return refused(
          "AppArmor restricts user namespaces of programs without a profile (Ubuntu)",
          "sysctl kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile with"
              + " `userns,` for /usr/bin/unshare");
    }
    if (machine.read("/proc/self/attr/current").orElse("").startsWith("docker-default")) {
      return refused(
          "AppArmor's profile docker-default refuses mounts",
          "docker run --security-opt apparmor=unconfined");
    }
    if (machine.number("/sys/fs/selinux/enforce").orElse(0L) == 1 && words.contains("denied")) {
      return refused("SELinux refuses: " + words, "allow user_namespace { create } in the policy");
    }
    if (words.contains("No space left")) {
      return refused(
          "the limit of namespaces is reached",
          "raise user.max_user_namespaces and user.max_net_namespaces, or nest less (33 levels)");
    }
    if (!machine.field("/proc/self/status", "Seccomp").orElse("0").equals("0")) {
      return refused(
          "a seccomp filter is on: " + words,
          "start the container with the seccomp profile that `warren seccomp` prints");
    }
    return refused(
        words, "leave the chroot if this is one; a user namespace must map the uid it is made by");
  }

  private static Finding refused(String cause, String remedy) {
    return Finding.no(
        NAME, Need.LABS, cause, "no labs but as root", remedy + "; or run Warren as root");
  }

  /** Labs work with one id; servers that change to users of their own do not. */
  static Finding noRange(Machine machine, String words) {
    String cost = "one id only: services that change to another user fail, chown fails";
    if (machine.field("/proc/self/status", "NoNewPrivs").orElse("0").equals("1")) {
      return Finding.partly(
          RANGE,
          Need.TESTENVS,
          "no-new-privileges is set: newuidmap cannot get its powers",
          cost,
          "start without it (systemd: NoNewPrivileges=no; docker: no-new-privileges:false)");
    }
    if (!machine.exists("/usr/bin/newuidmap") && !machine.exists("/bin/newuidmap")) {
      return Finding.partly(
          RANGE,
          Need.TESTENVS,
          "newuidmap is not installed",
          cost,
          "install it: package uidmap (Debian, Ubuntu), shadow-utils (Fedora), shadow (Arch)");
    }
    if (words.contains("not permitted") || words.contains("newuidmap")) {
      return Finding.partly(
          RANGE,
          Need.TESTENVS,
          words,
          cost,
          "a line USER:100000:65536 in /etc/subuid and /etc/subgid (usermod --add-subuids"
              + " 100000-165535 --add-subgids 100000-165535 USER); in a container newuidmap needs"
              + " file capabilities instead of its setuid bit (setcap cap_setuid+ep, newgidmap:"
              + " cap_setgid+ep)");
    }
    return Finding.partly(
        RANGE,
        Need.TESTENVS,
        words,
        cost,
        "util-linux 2.38 or newer, and a line USER:100000:65536 in /etc/subuid and /etc/subgid");
  }
}
