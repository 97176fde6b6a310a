package dev.warren.linux.kernel;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** Writes to a descriptor by write(2), all of it or an error. */
public final class DescriptorOutputStream extends OutputStream {
  private final Kernel kernel;
  private final Descriptor descriptor;
  private final String what;

  /** Writes to a descriptor and owns it from now on. */
  public DescriptorOutputStream(Kernel kernel, Descriptor descriptor) {
    this(kernel, descriptor, descriptor.toString());
  }

  /**
   * Writes to a descriptor and owns it from now on.
   *
   * @param what it is, for errors: {@code the input of cat}
   */
  public DescriptorOutputStream(Kernel kernel, Descriptor descriptor, String what) {
    this.kernel = kernel;
    this.descriptor = descriptor;
    this.what = what;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(Math.max(length, 1));
      MemorySegment.copy(bytes, offset, buffer, ValueLayout.JAVA_BYTE, 0, length);
      long done = 0;
      while (done < length) {
        long result =
            kernel.call(
                SystemCall.WRITE, descriptor.number(), buffer.address() + done, length - done);
        if (result != -Errno.EINTR.number()) {
          done += KernelException.check(result, "write " + what);
        }
      }
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
