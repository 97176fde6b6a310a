package dev.warren.linux.kernel;

/**
 * The system calls that Warren uses, with their numbers.
 *
 * <p>Numbers from arch/x86/entry/syscalls/syscall_64.tbl (asm/unistd_64.h) and, for aarch64,
 * asm-generic/unistd.h.
 */
public enum SystemCall {
  READ(0, 63),
  WRITE(1, 64),
  CLOSE(3, 57),
  IOCTL(16, 29),
  SOCKET(41, 198),
  SENDTO(44, 206),
  RECVFROM(45, 207),
  BIND(49, 200),
  SETSOCKOPT(54, 208),
  GETSOCKOPT(55, 209),
  KILL(62, 129),
  FCNTL(72, 25),
  FLOCK(73, 32),
  CHDIR(80, 49),
  FCHDIR(81, 50),
  UMASK(95, 166),
  SETFSUID(122, 151),
  SETFSGID(123, 152),
  PIVOT_ROOT(155, 41),
  PRCTL(157, 167),
  MOUNT(165, 40),
  UMOUNT2(166, 39),
  SETHOSTNAME(170, 161),
  GETTID(186, 178),
  GETXATTR(191, 8),
  WAITID(247, 95),
  OPENAT(257, 56),
  MKNODAT(259, 33),
  PPOLL(271, 73),
  UNSHARE(272, 97),
  EVENTFD2(290, 19),
  DUP3(292, 24),
  PIPE2(293, 59),
  SETNS(308, 268),
  PIDFD_SEND_SIGNAL(424, 424),
  OPEN_TREE(428, 428),
  MOVE_MOUNT(429, 429),
  PIDFD_OPEN(434, 434),
  MOUNT_SETATTR(442, 442);

  private final int x86;
  private final int aarch64;

  SystemCall(int x86, int aarch64) {
    this.x86 = x86;
    this.aarch64 = aarch64;
  }

  /** The number of this call on a kind of machine. */
  public int number(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> x86;
      case AARCH64 -> aarch64;
    };
  }

  /** As the manual's section 2 writes it: {@code pidfd_open}. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
