package dev.warren.lab.cwrap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a program takes preloaded libraries, as its file shows (elf(5)). */
enum ProgramKind {
  /** It asks for no dynamic loader. */
  STATIC,
  /** It has a loader, and goes past the C library. */
  GO,
  /** A dynamic program, or a script. */
  OTHER;

  private static final int ELF = 0x7F454C46;

  /** The types of program headers: PT_INTERP and PT_NOTE. */
  private static final int INTERPRETER = 3;

  private static final int NOTE = 4;

  /** Linkers put headers and notes first. */
  private static final int FRONT = 64 * 1024;

  /** The owner of the note with a Go program's build id, as a note spells it. */
  private static final int GO_OWNER = 0x476F0000;

  static ProgramKind of(Path file) throws IOException {
    byte[] front;
    try (InputStream in = Files.newInputStream(file)) {
      front = in.readNBytes(FRONT);
    }
    return front.length < 64 || ByteBuffer.wrap(front).getInt(0) != ELF
        ? OTHER
        : of(front).orElse(OTHER);
  }

  /** Empty when its headers are not where linkers put them: let it try. */
  private static Optional<ProgramKind> of(byte[] front) {
    boolean wide = front[4] == 2;
    ByteBuffer elf =
        ByteBuffer.wrap(front)
            .order(front[5] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long table = wide ? elf.getLong(32) : Integer.toUnsignedLong(elf.getInt(28));
    int size = Short.toUnsignedInt(elf.getShort(wide ? 54 : 42));
    int count = Short.toUnsignedInt(elf.getShort(wide ? 56 : 44));
    boolean dynamic = false;
    boolean go = false;
    for (int i = 0; i < count; i++) {
      long at = table + (long) i * size;
      if (at < 0 || at + 24 > front.length) {
        return Optional.empty();
      }
      int header = (int) at;
      int type = elf.getInt(header);
      dynamic |= type == INTERPRETER;
      if (type == NOTE) {
        long note = wide ? elf.getLong(header + 8) : Integer.toUnsignedLong(elf.getInt(header + 4));
        go |= note >= 0 && note + 16 <= front.length && isGo(front, (int) note);
      }
    }
    return Optional.of(dynamic ? (go ? GO : OTHER) : STATIC);
  }

  /** The owner stands behind three numbers. */
  private static boolean isGo(byte[] front, int note) {
    return ByteBuffer.wrap(front).getInt(note + 12) == GO_OWNER;
  }
}
