package dev.warren.lab.doctor;

import dev.warren.linux.kernel.Architecture;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Runs a command behind a filter that refuses what Docker's does of labs. A process of its own: a
 * filter cannot be taken off again (seccomp(2)).
 */
final class FilteredCommand {
  /** From linux/prctl.h and linux/seccomp.h. */
  private static final int PR_SET_SECCOMP = 22;

  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int SECCOMP_MODE_FILTER = 2;
  private static final int SECCOMP_RET_ERRNO = 0x00050000;
  private static final int SECCOMP_RET_ALLOW = 0x7fff0000;

  /** From linux/bpf_common.h. */
  private static final short LOAD_WORD = 0x20;

  private static final short JUMP_IF_EQUAL = 0x15;
  private static final short RETURN = 0x06;

  /** struct sock_filter of linux/filter.h: code, two jumps of a byte, operand. */
  private static final int INSTRUCTION = 8;

  private static final int PROGRAM_POINTER = 8;

  private static final List<SystemCall> REFUSED =
      List.of(SystemCall.UNSHARE, SystemCall.SETNS, SystemCall.MOUNT);

  private final MemorySegment code;
  private int count;

  private FilteredCommand(MemorySegment code) {
    this.code = code;
  }

  public static void main(String[] command) throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      var filter = new FilteredCommand(arena.allocate(INSTRUCTION * 16L, Integer.BYTES));
      // The call's number is the first member of struct seccomp_data.
      filter.add(LOAD_WORD, 0, 0);
      for (SystemCall call : REFUSED) {
        filter.add(JUMP_IF_EQUAL, 1, call.number(Architecture.current()));
        filter.add(RETURN, 0, SECCOMP_RET_ERRNO | Errno.EPERM.number());
      }
      filter.add(RETURN, 0, SECCOMP_RET_ALLOW);
      MemorySegment program = arena.allocate(2L * Long.BYTES, Long.BYTES);
      program.set(ValueLayout.JAVA_SHORT, 0, (short) filter.count);
      program.set(ValueLayout.ADDRESS, PROGRAM_POINTER, filter.code);
      set(PR_SET_NO_NEW_PRIVS, 1, 0);
      set(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program.address());
    }
    System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  private static void set(int what, long one, long two) throws KernelException {
    KernelException.check(
        Kernel.real().call(SystemCall.PRCTL, what, one, two, 0, 0, 0), "prctl " + what);
  }

  /**
   * @param skip how many instructions are passed over where a comparison does not hold
   */
  private void add(short operation, int skip, int operand) {
    long at = (long) INSTRUCTION * count++;
    code.set(ValueLayout.JAVA_SHORT, at, operation);
    code.set(ValueLayout.JAVA_BYTE, at + 2, (byte) 0);
    code.set(ValueLayout.JAVA_BYTE, at + 3, (byte) skip);
    code.set(ValueLayout.JAVA_INT, at + 4, operand);
  }
}
