package dev.warren.lab.doctor;

import dev.warren.linux.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the caller can be root in a namespace of its own, and how many ids that has. */
final class UserNamespaceChecks {
  private static final String NAME = "user namespace";

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

  static Result run(Machine machine, Kernel kernel) {
    if (isPrivileged(machine, "CapEff")) {
      return new Result(
          List.of(
              Finding.yes(NAME, Need.LABS, "not needed: this process may make namespaces (root)")),
          Optional.of(List.of()));
    }
    Machine.Answer single = trial(machine, SINGLE);
    if (!single.good()) {
      return new Result(
          List.of(Refusal.of(machine, kernel, single.lastLine()).finding(NAME)), Optional.empty());
    }
    Finding works = Finding.yes(NAME, Need.LABS, "an unprivileged user becomes root in its own");
    Machine.Answer mapped = trial(machine, MAPPED);
    if (mapped.good()) {
      Finding range =
          Finding.yes(
              IdRange.NAME, Need.TESTENVS, "newuidmap maps the ids of /etc/subuid and subgid");
      return new Result(List.of(works, range), Optional.of(MAPPED));
    }
    return new Result(
        List.of(works, IdRange.missing(machine, kernel, mapped.lastLine())), Optional.of(SINGLE));
  }

  private static Machine.Answer trial(Machine machine, List<String> options) {
    List<String> command = new ArrayList<>(List.of("unshare"));
    command.addAll(options);
    // With a mount namespace: Ubuntu's AppArmor lets unshare succeed, and refuses what follows.
    command.addAll(List.of("--mount", "--net", "--", "true"));
    return machine.ask(command);
  }

  /**
   * Whether a set of this process's capabilities has that of making namespaces.
   *
   * @param set as proc_pid_status(5) calls it
   */
  static boolean isPrivileged(Machine machine, String set) {
    return machine
        .field("/proc/self/status", set)
        .map(bits -> Long.parseUnsignedLong(bits, 16))
        .filter(bits -> (bits >>> CAP_SYS_ADMIN & 1) == 1)
        .isPresent();
  }
}
