package dev.warren.linux.process;

import dev.warren.linux.kernel.Architecture;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The smallest process 1 there can be, as the content of an executable file: a shell that mounts
 * /proc and becomes {@code cat} costs five times as much of a host's making, and of its memory.
 *
 * <p>It calls itself "init", ignores SIGCHLD so that orphans are reaped (wait(2)), mounts a fresh
 * /proc where the kernel lets it, goes to /, writes "ready" to descriptor 1, closes all but
 * descriptor 0, reads that to its end and exits.
 */
public final class InitProgram {
  /**
   * What it must be called by, for that is where it writes its name: 15 characters. It lies in the
   * folder that it is started in.
   */
  public static final String PATH = "./first-process";

  private static final Pattern BYTES =
      Pattern.compile("^((?:[0-9a-f]{2} )+) *\\S", Pattern.MULTILINE);

  /**
   * Numbers of system calls as in SystemCall; flags of mount(2): MS_NOSUID, MS_NODEV, MS_NOEXEC.
   */
  private static final String X86_64 =
      """
      48 8b 7c 24 08          mov  rdi, [rsp + 8]          argv[0], 16 bytes with its end
      b8 69 6e 69 74          mov  eax, "init"
      48 89 07                mov  [rdi], rax
      31 d2                   xor  edx, edx
      48 89 57 08             mov  [rdi + 8], rdx
      48 89 fe                mov  rsi, rdi
      bf 0f 00 00 00          mov  edi, 15                 PR_SET_NAME
      b8 9d 00 00 00          mov  eax, 157                prctl(PR_SET_NAME, "init")
      0f 05                   syscall
      bf 11 00 00 00          mov  edi, 17                 SIGCHLD
      48 8d 35 87 00 00 00    lea  rsi, [rip + action]
      41 ba 08 00 00 00       mov  r10d, 8                 the size of its set of signals
      b8 0d 00 00 00          mov  eax, 13                 rt_sigaction(SIGCHLD, action, NULL, 8)
      0f 05                   syscall
      48 8d 3d 94 00 00 00    lea  rdi, [rip + proc]
      48 8d 35 8c 00 00 00    lea  rsi, [rip + place]
      48 89 fa                mov  rdx, rdi
      41 ba 0e 00 00 00       mov  r10d, 14                nosuid, nodev, noexec
      45 31 c0                xor  r8d, r8d
      b8 a5 00 00 00          mov  eax, 165                mount("proc", "/proc", "proc", 14, NULL)
      0f 05                   syscall
      48 8d 3d 7d 00 00 00    lea  rdi, [rip + root]
      b8 50 00 00 00          mov  eax, 80                 chdir("/")
      0f 05                   syscall
      bf 01 00 00 00          mov  edi, 1
      48 8d 35 65 00 00 00    lea  rsi, [rip + ready]
      ba 05 00 00 00          mov  edx, 5
      b8 01 00 00 00          mov  eax, 1                  write(1, "ready", 5)
      0f 05                   syscall
      bf 01 00 00 00          mov  edi, 1
      be ff ff ff ff          mov  esi, -1
      31 d2                   xor  edx, edx
      b8 b4 01 00 00          mov  eax, 436                close_range(1, all, 0)
      0f 05                   syscall
      31 ff                   xor  edi, edi                again:
      48 8d 74 24 c0          lea  rsi, [rsp - 64]
      ba 01 00 00 00          mov  edx, 1
      31 c0                   xor  eax, eax                read(0, below the stack, 1)
      0f 05                   syscall
      85 c0                   test eax, eax
      7f ec                   jg   again
      83 f8 fc                cmp  eax, -4                 EINTR
      74 e7                   je   again
      b8 e7 00 00 00          mov  eax, 231                exit_group(0)
      0f 05                   syscall
      01 00 00 00 00 00 00 00 action: handler SIG_IGN
      00 00 00 00 00 00 00 00   flags
      00 00 00 00 00 00 00 00   restorer
      00 00 00 00 00 00 00 00   mask
      2f                      place: "/"
      70 72 6f 63 00          proc: "proc"
      72 65 61 64 79          ready: "ready"
      2f 00                   root: "/"
      """;

  /** Where the program lies in memory, and its header's sizes; from elf(5). */
  private static final long ADDRESS = 0x400000;

  private static final int HEADER = 64;
  private static final int SEGMENT = 56;
  private static final int PAGE = 4096;
  private static final short ET_EXEC = 2;
  private static final short EM_X86_64 = 62;
  private static final int PT_LOAD = 1;
  private static final int READ_AND_EXECUTE = 5;

  private InitProgram() {}

  /** The file for a kind of machine; empty where a shell has to do. */
  public static Optional<byte[]> of(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> Optional.of(file(bytes(X86_64)));
      case AARCH64 -> Optional.empty();
    };
  }

  private static byte[] bytes(String listing) {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    BYTES
        .matcher(listing)
        .results()
        .map(line -> HexFormat.ofDelimiter(" ").parseHex(line.group(1).strip()))
        .forEach(code::writeBytes);
    return code.toByteArray();
  }

  /** A file of one segment, which holds all of it. */
  private static byte[] file(byte[] code) {
    int start = HEADER + SEGMENT;
    ByteBuffer file = ByteBuffer.allocate(start + code.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16); // 64 bits, little endian
    file.putShort(ET_EXEC).putShort(EM_X86_64).putInt(1);
    file.putLong(ADDRESS + start).putLong(HEADER).putLong(0).putInt(0);
    file.putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) 1);
    file.position(HEADER);
    file.putInt(PT_LOAD).putInt(READ_AND_EXECUTE).putLong(0).putLong(ADDRESS).putLong(ADDRESS);
    file.putLong(file.capacity()).putLong(file.capacity()).putLong(PAGE);
    return file.put(code).array();
  }
}
