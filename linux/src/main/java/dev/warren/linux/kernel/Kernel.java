package dev.warren.linux.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The door to the kernel: everything that Warren asks of it goes through here, so that a test can
 * stand in the door and let any one call fail.
 */
public interface Kernel {
  /**
   * Makes a system call.
   *
   * @return what the kernel returned, or {@code -errno} when it refused
   */
  long call(SystemCall call, long a, long b, long c, long d, long e, long f);

  /**
   * Starts a program as {@code posix_spawn(3)} does.
   *
   * @param path the program's absolute path, a C string
   * @param fileActions a {@code posix_spawn_file_actions_t}
   * @param attributes a {@code posix_spawnattr_t}
   * @param argv a NULL-ended array of C strings
   * @param envp a NULL-ended array of C strings
   * @return the child's PID, or {@code -errno}, that of a failed exec included
   */
  int spawn(
      MemorySegment path,
      MemorySegment fileActions,
      MemorySegment attributes,
      MemorySegment argv,
      MemorySegment envp);

  /** {@link #call(SystemCall, long, long, long, long, long, long)} with up to three arguments. */
  default long call(SystemCall call, long a, long b, long c) {
    return call(call, a, b, c, 0, 0, 0);
  }

  /** The machine's own kernel. */
  static Kernel real() {
    return RealKernel.INSTANCE;
  }
}
