package dev.warren.linux.process;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.DescriptorInputStream;
import dev.warren.linux.kernel.DescriptorOutputStream;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * A pseudo-terminal (pty(7)): what is written here is typed there. This is the end of who sits in
 * front of it; programs get the other one by its path.
 */
public final class Terminal implements AutoCloseable {
  /** From asm-generic/ioctls.h. */
  private static final long TIOCSWINSZ = 0x5414;

  private static final long TIOCGPTN = 0x80045430L;
  private static final long TIOCSPTLCK = 0x40045431L;

  /** struct winsize of asm-generic/termios.h: rows, columns, and two sizes in pixels. */
  private static final int WINSIZE = 8;

  private final Kernel kernel;
  private final Descriptor master;
  private final Path path;

  private Terminal(Kernel kernel, Descriptor master, Path path) {
    this.kernel = kernel;
    this.master = master;
    this.path = path;
  }

  /**
   * Opens a terminal of the calling thread's /dev/pts.
   *
   * @param rows its height, from 1
   * @param columns its width, from 1
   */
  public static Terminal open(Kernel kernel, int rows, int columns) throws KernelException {
    Descriptor master =
        Descriptor.open(kernel, Path.of("/dev/ptmx"), Descriptor.O_RDWR | Descriptor.O_NOCTTY);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
      long descriptor = master.number();
      KernelException.check(
          kernel.call(SystemCall.IOCTL, descriptor, TIOCSPTLCK, number.address()),
          "unlock a terminal");
      KernelException.check(
          kernel.call(SystemCall.IOCTL, descriptor, TIOCGPTN, number.address()),
          "ask for a terminal's number");
      Path path = Path.of("/dev/pts", Integer.toString(number.get(ValueLayout.JAVA_INT, 0)));
      Terminal terminal = new Terminal(kernel, master, path);
      terminal.resize(rows, columns);
      return terminal;
    } catch (KernelException | RuntimeException failure) {
      master.close();
      throw failure;
    }
  }

  /** What programs open, as the thread sees files that opened the terminal. */
  public Path path() {
    return path;
  }

  /** Changes its size; programs in front of it get SIGWINCH. */
  public void resize(int rows, int columns) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(WINSIZE, 2);
      size.setAtIndex(ValueLayout.JAVA_SHORT, 0, (short) rows);
      size.setAtIndex(ValueLayout.JAVA_SHORT, 1, (short) columns);
      KernelException.check(
          kernel.call(SystemCall.IOCTL, master.number(), TIOCSWINSZ, size.address()),
          "set the size of terminal " + path);
    }
  }

  /** What programs write; it ends when none has the terminal open any more. */
  public InputStream input() {
    return new FilterInputStream(new DescriptorInputStream(kernel, master, "terminal " + path)) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          return super.read(bytes, offset, length);
        } catch (KernelException failure) {
          // That is how a terminal says that nobody has it open (tty_ldisc_hangup of the kernel).
          if (failure.is(Errno.EIO)) {
            return -1;
          }
          throw failure;
        }
      }
    };
  }

  /** What is typed. Closing it hangs up: the session's leader gets SIGHUP. */
  public OutputStream output() {
    return new DescriptorOutputStream(kernel, master, "terminal " + path);
  }

  @Override
  public void close() {
    master.close();
  }
}
