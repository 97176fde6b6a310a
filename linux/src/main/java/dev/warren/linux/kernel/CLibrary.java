package dev.warren.linux.kernel;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/** Functions of the C library by name. */
public final class CLibrary {
  private CLibrary() {}

  /**
   * The address of a function.
   *
   * @throws UnsupportedOperationException when this C library does not have it (Warren needs glibc
   *     2.34 or newer)
   */
  public static MemorySegment find(String name) {
    return Linker.nativeLinker()
        .defaultLookup()
        .find(name)
        .orElseThrow(
            () ->
                new UnsupportedOperationException(
                    "this C library has no " + name + ": Warren needs glibc 2.34 or newer"));
  }
}
