package dev.warren.lab.cwrap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which programs take preloaded libraries. */
class ProgramKindTest {
  private static final int HEADER = 64;
  private static final int ENTRY = 56;

  @TempDir private Path folder;

  /** An ELF file for 64 bits with program headers of these types, and a note after them. */
  private Path elf(String owner, int... types) throws IOException {
    int note = HEADER + types.length * ENTRY;
    ByteBuffer bytes = ByteBuffer.allocate(note + 64).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    bytes.putLong(32, HEADER);
    bytes.putShort(54, (short) ENTRY);
    bytes.putShort(56, (short) types.length);
    for (int i = 0; i < types.length; i++) {
      bytes.putInt(HEADER + i * ENTRY, types[i]);
      bytes.putLong(HEADER + i * ENTRY + 8, note);
    }
    bytes.putInt(note, owner.length());
    bytes.put(note + 12, owner.getBytes(US_ASCII));
    return Files.write(folder.resolve("program"), bytes.array());
  }

  @Test
  void aProgramWithALoaderTakesThem() throws IOException {
    assertThat(ProgramKind.of(elf("GNU\0", 6, 3, 4))).isEqualTo(ProgramKind.OTHER);
    assertThat(ProgramKind.of(Path.of("/bin/sh"))).isEqualTo(ProgramKind.OTHER);
  }

  @Test
  void aStaticProgramDoesNot() throws IOException {
    assertThat(ProgramKind.of(elf("GNU\0", 1, 4))).isEqualTo(ProgramKind.STATIC);
  }

  @Test
  void aProgramInGoGoesPastThem() throws IOException {
    assertThat(ProgramKind.of(elf("Go\0\0", 6, 3, 4))).isEqualTo(ProgramKind.GO);
  }

  @Test
  void ofAScriptItsInterpreterCounts() throws IOException {
    Path script = Files.writeString(folder.resolve("script"), "#!/bin/sh\n");

    assertThat(ProgramKind.of(script)).isEqualTo(ProgramKind.OTHER);
  }

  /** Whatever the file holds there is an answer. */
  @Test
  void damagedHeadersAreNoFault() throws IOException {
    Random chance = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = Files.readAllBytes(elf("GNU\0", 6, 3, 4, 1));
      for (int change = 0; change < 4; change++) {
        bytes[5 + chance.nextInt(bytes.length - 5)] = (byte) chance.nextInt();
      }
      assertThat(ProgramKind.of(Files.write(folder.resolve("damaged"), bytes))).isNotNull();
    }
  }
}
