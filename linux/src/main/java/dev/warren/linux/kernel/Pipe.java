package dev.warren.linux.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A pipe, both ends close-on-exec.
 *
 * @param reader what is written comes out here
 * @param writer what is written here comes out of the reader
 */
public record Pipe(Descriptor reader, Descriptor writer) {
  /** A new pipe. */
  public static Pipe open(Kernel kernel) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
      KernelException.check(
          kernel.call(SystemCall.PIPE2, ends.address(), Descriptor.O_CLOEXEC, 0), "pipe2");
      return new Pipe(
          new Descriptor(kernel, ends.getAtIndex(ValueLayout.JAVA_INT, 0)),
          new Descriptor(kernel, ends.getAtIndex(ValueLayout.JAVA_INT, 1)));
    }
  }

  /** Closes both ends. */
  public void close() {
    reader.close();
    writer.close();
  }
}
