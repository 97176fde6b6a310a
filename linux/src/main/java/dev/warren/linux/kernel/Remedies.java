package dev.warren.linux.kernel;

import java.util.Optional;

/** What to do about the refusals whose cause is known. */
final class Remedies {
  private Remedies() {}

  /**
   * The remedy in a few words.
   *
   * @param action the call and its object, beginning with the call's name
   */
  static Optional<String> of(String action, int number) {
    String call = action.split(" ", 2)[0];
    return Errno.of(number)
        .flatMap(
            errno ->
                Optional.ofNullable(
                    switch (errno) {
                      case EPERM, EACCES ->
                          switch (call) {
                            case "unshare", "setns", "mount", "sethostname" ->
                                "this place forbids it (a container's seccomp profile, or no"
                                    + " capability): see `warren doctor`";
                            default -> null;
                          };
                      case ENOSPC ->
                          call.equals("unshare") || call.equals("open_tree")
                              ? "the limit of namespaces is reached: raise the sysctls under"
                                  + " /proc/sys/user, or nest less"
                              : null;
                      case EMFILE -> "this process has too many files open: raise `ulimit -n`";
                      case ENFILE -> "the machine has too many files open: raise fs.file-max";
                      case EAGAIN ->
                          call.equals("start")
                              ? "no more processes allowed: raise `ulimit -u`"
                              : null;
                      default -> null;
                    }));
  }
}
