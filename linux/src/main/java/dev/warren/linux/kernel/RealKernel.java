package dev.warren.linux.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The kernel itself, behind one downcall handle for {@code syscall(2)}: a handle a call would cost
 * a JVM that starts some 100 ms.
 */
final class RealKernel implements Kernel {
  static final RealKernel INSTANCE = new RealKernel();

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(java.lang.foreign.MemoryLayout.PathElement.groupElement("errno"));

  private final Architecture architecture = Architecture.current();
  private final MethodHandle syscall =
      Linker.nativeLinker()
          .downcallHandle(
              CLibrary.find("syscall"),
              FunctionDescriptor.of(
                  JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                  JAVA_LONG),
              Linker.Option.firstVariadicArg(1),
              Linker.Option.captureCallState("errno"));

  /** Where errno is captured: a thread calls the kernel once at a time. */
  private final ThreadLocal<MemorySegment> state =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

  private RealKernel() {}

  @Override
  public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    MemorySegment captured = state.get();
    try {
      long result =
          (long) syscall.invokeExact(captured, (long) call.number(architecture), a, b, c, d, e, f);
      return result == -1 ? -(int) ERRNO.get(captured, 0L) : result;
    } catch (Throwable impossible) {
      // What method handles declare.
      throw new AssertionError("a downcall of syscall(2) does not throw", impossible);
    }
  }

  @Override
  public int spawn(
      MemorySegment path,
      MemorySegment fileActions,
      MemorySegment attributes,
      MemorySegment argv,
      MemorySegment envp) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pid = arena.allocate(JAVA_INT);
      int error = (int) Spawn.HANDLE.invokeExact(pid, path, fileActions, attributes, argv, envp);
      return error == 0 ? pid.get(JAVA_INT, 0) : -error;
    } catch (Throwable impossible) {
      // What method handles declare.
      throw new AssertionError("a downcall of posix_spawn(3) does not throw", impossible);
    }
  }

  /** Linked when the first program is started, not before. */
  private static final class Spawn {
    static final MethodHandle HANDLE =
        Linker.nativeLinker()
            .downcallHandle(
                CLibrary.find("posix_spawn"),
                FunctionDescriptor.of(
                    JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
  }
}
