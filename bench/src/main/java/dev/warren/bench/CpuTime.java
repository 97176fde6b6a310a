package dev.warren.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The CPU time of this process and of its children that have ended: getrusage(2). */
final class CpuTime {
  private static final int RUSAGE_SELF = 0;
  private static final int RUSAGE_CHILDREN = -1;
  private static final int RUSAGE_SIZE = 144;

  private final MethodHandle getrusage;

  private CpuTime(MethodHandle getrusage) {
    this.getrusage = getrusage;
  }

  static CpuTime ofThisProcess() {
    Linker linker = Linker.nativeLinker();
    return new CpuTime(
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("getrusage"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)));
  }

  long micros() {
    return micros(RUSAGE_SELF) + micros(RUSAGE_CHILDREN);
  }

  private long micros(int who) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment usage = arena.allocate(RUSAGE_SIZE, Long.BYTES);
      int result = (int) getrusage.invokeExact(who, usage);
      if (result != 0) {
        throw new IllegalStateException("getrusage");
      }
      long sum = 0; // struct timeval ru_utime, ru_stime
      for (int field = 0; field < 4; field += 2) {
        sum += usage.getAtIndex(ValueLayout.JAVA_LONG, field) * 1_000_000;
        sum += usage.getAtIndex(ValueLayout.JAVA_LONG, field + 1);
      }
      return sum;
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
