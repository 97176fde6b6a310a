package dev.warren.linux.process;

import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;

/**
 * Whose the files are that the calling thread makes, while it keeps all its powers (setfsuid(2),
 * capabilities(7)). Other threads are as before; so is a program that this one starts.
 */
public final class FileOwner {
  /** From linux/prctl.h and linux/securebits.h. */
  private static final int PR_GET_SECUREBITS = 27;

  private static final int PR_SET_SECUREBITS = 28;
  private static final long SECBIT_NO_SETUID_FIXUP = 1 << 2;

  /** No id: the call then only answers which one it is. */
  private static final int NOBODY = -1;

  private FileOwner() {}

  /**
   * Gives what the thread makes from now on to a user and a group.
   *
   * @throws KernelException when the thread may not
   */
  public static void assume(Kernel kernel, int uid, int gid) throws KernelException {
    // Without it the kernel takes CAP_CHOWN, CAP_DAC_OVERRIDE and the like from who is not root.
    long bits =
        KernelException.check(
            kernel.call(SystemCall.PRCTL, PR_GET_SECUREBITS, 0, 0), "prctl PR_GET_SECUREBITS");
    KernelException.check(
        kernel.call(SystemCall.PRCTL, PR_SET_SECUREBITS, bits | SECBIT_NO_SETUID_FIXUP, 0),
        "prctl PR_SET_SECUREBITS");
    set(kernel, SystemCall.SETFSGID, gid);
    set(kernel, SystemCall.SETFSUID, uid);
  }

  private static void set(Kernel kernel, SystemCall call, int id) throws KernelException {
    // The kernel answers with the id before, also when it refuses; a seccomp filter with an error.
    KernelException.check(kernel.call(call, id, 0, 0), call + " to " + id);
    int now = (int) KernelException.check(kernel.call(call, NOBODY, 0, 0), call.toString());
    if (now != id) {
      throw KernelException.explained(
          call + " to " + id, Errno.EPERM.number(), "the kernel keeps " + now);
    }
  }
}
