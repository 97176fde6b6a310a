package dev.warren.lab.faults;

import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.SystemCall;
import java.util.List;
import java.util.Optional;

/**
 * What a call may return, by section 2 of the manual, and EPERM wherever a seccomp filter could say
 * that. What is an ordinary answer is left out: EAGAIN of a call that does not wait, EIO of a
 * terminal that nobody has open any more.
 */
final class PossibleErrors {
  /** So many errors the call with the most has. */
  static final int MOST = 6;

  private PossibleErrors() {}

  /**
   * One of them.
   *
   * @param call empty for the start of a process
   * @param round which one, from 0; those of a call with few come again
   */
  static Errno of(Optional<SystemCall> call, int round) {
    List<Errno> all = of(call);
    return all.get(round % all.size());
  }

  private static List<Errno> of(Optional<SystemCall> call) {
    return call.map(PossibleErrors::ofCall)
        .orElse(List.of(Errno.EAGAIN, Errno.ENOMEM, Errno.EPERM, Errno.ENOENT, Errno.EMFILE));
  }

  private static List<Errno> ofCall(SystemCall call) {
    return switch (call) {
      case READ -> List.of(Errno.ENOMEM, Errno.EINTR);
      case WRITE -> List.of(Errno.ENOSPC, Errno.EINTR, Errno.EIO, Errno.EPIPE);
      case CLOSE -> List.of(Errno.EIO, Errno.EINTR);
      case IOCTL -> List.of(Errno.EIO, Errno.ENOTTY, Errno.EPERM);
      case SOCKET -> List.of(Errno.EMFILE, Errno.ENOMEM, Errno.EPERM, Errno.ENFILE, Errno.ENOBUFS);
      case SENDTO -> List.of(Errno.ENOMEM, Errno.ENOBUFS, Errno.EINTR, Errno.EPERM);
      case RECVFROM -> List.of(Errno.ENOMEM, Errno.EINTR, Errno.ENOBUFS);
      case BIND -> List.of(Errno.ENODEV, Errno.ENOMEM, Errno.EPERM);
      case SETSOCKOPT, GETSOCKOPT -> List.of(Errno.ENOMEM, Errno.ENOPROTOOPT, Errno.EPERM);
      case KILL, PIDFD_SEND_SIGNAL -> List.of(Errno.EPERM);
      case GETXATTR -> List.of(Errno.ENODATA, Errno.EACCES, Errno.EPERM);
      case SETFSUID, SETFSGID, UMASK, PRCTL, GETTID, SETHOSTNAME -> List.of(Errno.EPERM);
      case FLOCK -> List.of(Errno.EINTR, Errno.ENOMEM, Errno.EPERM);
      case FCNTL, EVENTFD2, PIPE2, DUP3 ->
          List.of(Errno.EMFILE, Errno.ENOMEM, Errno.ENFILE, Errno.EPERM);
      case CHDIR, FCHDIR, UMOUNT2, PIVOT_ROOT -> List.of(Errno.EIO, Errno.ENOMEM, Errno.EPERM);
      case MOUNT, OPEN_TREE, MOVE_MOUNT, MOUNT_SETATTR ->
          List.of(Errno.ENOMEM, Errno.ENOSPC, Errno.EPERM, Errno.EIO, Errno.EBUSY);
      case WAITID -> List.of(Errno.EINTR);
      case PPOLL -> List.of(Errno.ENOMEM, Errno.EINTR);
      case OPENAT, MKNODAT ->
          List.of(Errno.EMFILE, Errno.EIO, Errno.ENOMEM, Errno.EINTR, Errno.EACCES, Errno.ENOSPC);
      case UNSHARE -> List.of(Errno.ENOSPC, Errno.ENOMEM, Errno.EPERM);
      case SETNS -> List.of(Errno.ENOMEM, Errno.EPERM, Errno.EMFILE);
      case PIDFD_OPEN -> List.of(Errno.EMFILE, Errno.ENOMEM, Errno.EPERM, Errno.ENFILE);
    };
  }
}
