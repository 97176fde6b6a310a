package dev.warren.linux.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * Reads from a descriptor by read(2). Java's own streams open files by name, and the names under
 * /proc/self/fd do not exist for a thread inside a host.
 */
public final class DescriptorInputStream extends InputStream {
  private static final int CHUNK = 64 * 1024;

  private final Kernel kernel;
  private final Descriptor descriptor;
  private final String what;

  /** Reads from a descriptor and owns it from now on. */
  public DescriptorInputStream(Kernel kernel, Descriptor descriptor) {
    this(kernel, descriptor, descriptor.toString());
  }

  /**
   * Reads from a descriptor and owns it from now on.
   *
   * @param what it is, for errors: {@code the output of ls}
   */
  public DescriptorInputStream(Kernel kernel, Descriptor descriptor, String what) {
    this.kernel = kernel;
    this.descriptor = descriptor;
    this.what = what;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(Math.min(length, CHUNK));
      int count = readInto(buffer);
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, offset, count);
      return count == 0 ? -1 : count;
    }
  }

  private int readInto(MemorySegment buffer) throws IOException {
    while (true) {
      long result =
          kernel.call(SystemCall.READ, descriptor.number(), buffer.address(), buffer.byteSize());
      if (result != -Errno.EINTR.number()) {
        return (int) KernelException.check(result, "read " + what);
      }
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
