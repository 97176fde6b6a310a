package dev.warren.linux.process;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * How large the window of a terminal is, in characters.
 *
 * @param rows from 1
 * @param columns from 1
 */
public record WindowSize(int rows, int columns) {
  /** From asm-generic/ioctls.h, see ioctl_tty(2). */
  private static final long TIOCGWINSZ = 0x5413;

  /** struct winsize of asm-generic/termios.h: rows, columns, and two sizes in pixels. */
  private static final int WINSIZE = 8;

  /**
   * The present size of the terminal behind a descriptor; empty when that is no terminal, or one
   * that does not know its size.
   */
  public static Optional<WindowSize> of(Kernel kernel, int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(WINSIZE, 2);
      if (kernel.call(SystemCall.IOCTL, descriptor, TIOCGWINSZ, size.address()) < 0) {
        return Optional.empty();
      }
      int rows = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
      return rows == 0 || columns == 0
          ? Optional.empty()
          : Optional.of(new WindowSize(rows, columns));
    }
  }
}
