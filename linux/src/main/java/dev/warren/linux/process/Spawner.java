package dev.warren.linux.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.warren.linux.kernel.CLibrary;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts programs in the namespaces of the calling thread by {@code posix_spawn(3)}: a quarter of
 * what ProcessBuilder costs, and it works where a thread can start no other threads.
 */
public final class Spawner {
  /** Room for glibc's opaque structures (80 and 336 bytes in spawn.h), with some to spare. */
  private static final int ACTIONS_SIZE = 128;

  private static final int ATTRIBUTES_SIZE = 512;

  /** sigset_t of glibc: 1024 bits. */
  private static final int SIGSET_SIZE = 128;

  /** From glibc's spawn.h. */
  private static final short POSIX_SPAWN_SETSIGDEF = 0x04;

  private static final short POSIX_SPAWN_SETSIGMASK = 0x08;
  private static final short POSIX_SPAWN_SETSID = 0x80;

  /** After standard input, output and errors. */
  private static final int FIRST_INHERITED = 3;

  private final Kernel kernel;

  /** Starts programs by a kernel. */
  public Spawner(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Starts a program; signals are at their defaults and none is blocked.
   *
   * @return its PID, as the namespace of this JVM counts
   */
  public long spawn(SpawnRequest request) throws KernelException {
    String name = request.arguments().getFirst();
    String action = "start " + name;
    Path program = find(name, request.environment(), request.directory());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(ACTIONS_SIZE, 16);
      MemorySegment attributes = arena.allocate(ATTRIBUTES_SIZE, 16);
      Functions.call(Functions.ACTIONS_INIT, actions);
      Functions.call(Functions.ATTRIBUTES_INIT, attributes);
      try {
        describe(request, arena, actions, attributes);
        List<String> environment = new ArrayList<>();
        request.environment().forEach((key, value) -> environment.add(key + "=" + value));
        int result =
            kernel.spawn(
                arena.allocateFrom(program.toString()),
                actions,
                attributes,
                strings(arena, request.arguments()),
                strings(arena, environment));
        return KernelException.check(result, action);
      } catch (UnpreparedException failure) {
        throw KernelException.of(action, failure.number());
      } finally {
        Functions.call(Functions.ACTIONS_DESTROY, actions);
      }
    }
  }

  private static void describe(
      SpawnRequest request, Arena arena, MemorySegment actions, MemorySegment attributes) {
    Functions.call(
        Functions.ADD_CHDIR, actions, arena.allocateFrom(request.directory().toString()));
    if (request.terminal().isPresent()) {
      connect(request.inherited(), FIRST_INHERITED, actions);
      openTerminal(request.terminal().get(), arena, actions);
    } else {
      List<Integer> sources = new ArrayList<>();
      sources.addAll(List.of(request.stdin(), request.stdout(), request.stderr()));
      sources.addAll(request.inherited());
      connect(sources, 0, actions);
    }
    Functions.call(Functions.ADD_CLOSEFROM, actions, FIRST_INHERITED + request.inherited().size());
    MemorySegment none = arena.allocate(SIGSET_SIZE, 8);
    MemorySegment all = arena.allocate(SIGSET_SIZE, 8).fill((byte) 0xff);
    Functions.call(Functions.SET_MASK, attributes, none);
    Functions.call(Functions.SET_DEFAULT, attributes, all);
    int flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    Functions.call(
        Functions.SET_FLAGS,
        attributes,
        (short) (request.session() ? flags | POSIX_SPAWN_SETSID : flags));
  }

  /** The child leads a session by then, so the first terminal that it opens is its own (tty(4)). */
  private static void openTerminal(Path terminal, Arena arena, MemorySegment actions) {
    MemorySegment path = arena.allocateFrom(terminal.toString());
    Functions.call(Functions.ADD_OPEN, actions, 0, path, Descriptor.O_RDWR, 0);
    Functions.call(Functions.ADD_DUP2, actions, 0, 1);
    Functions.call(Functions.ADD_DUP2, actions, 0, 2);
  }

  /** Makes the sources the child's descriptors from {@code first} on. */
  private static void connect(List<Integer> sources, int first, MemorySegment actions) {
    // First out of the way, then into place: a source may be one of the places itself.
    int spare = first + sources.size();
    for (int source : sources) {
      spare = Math.max(spare, source + 1);
    }
    for (int i = 0; i < sources.size(); i++) {
      Functions.call(Functions.ADD_DUP2, actions, sources.get(i), spare + i);
    }
    for (int i = 0; i < sources.size(); i++) {
      Functions.call(Functions.ADD_DUP2, actions, spare + i, first + i);
    }
  }

  /**
   * Looks for a program as the calling thread sees the files: execvp(3) would take the JVM's PATH.
   *
   * @param name one with a slash is taken as it is
   * @param environment whose PATH counts
   * @param directory where a relative folder of PATH begins
   * @throws KernelException ENOENT when no folder has it
   */
  public static Path find(String name, Map<String, String> environment, Path directory)
      throws KernelException {
    if (name.contains("/")) {
      return Path.of(name);
    }
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    for (String folder : path.split(":", -1)) {
      Path candidate = directory.resolve(folder).resolve(name);
      if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    throw KernelException.explained(
        "start " + name, Errno.ENOENT.number(), "not found in PATH " + path);
  }

  private static MemorySegment strings(Arena arena, List<String> texts) {
    MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    return array;
  }

  /** A step before the start was refused. */
  private static final class UnpreparedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int error;

    UnpreparedException(int error) {
      super("posix_spawn's preparation failed with error " + error);
      this.error = error;
    }

    /** What it means: glibc has EBADF for a descriptor that is beyond the limit of the process. */
    int number() {
      return error == Errno.EBADF.number() ? Errno.EMFILE.number() : error;
    }
  }

  /** glibc's functions around posix_spawn, linked when the first program is started. */
  private static final class Functions {
    static final MethodHandle ACTIONS_INIT = link("posix_spawn_file_actions_init", ADDRESS);
    static final MethodHandle ACTIONS_DESTROY = link("posix_spawn_file_actions_destroy", ADDRESS);
    static final MethodHandle ADD_CHDIR =
        link("posix_spawn_file_actions_addchdir_np", ADDRESS, ADDRESS);
    static final MethodHandle ADD_DUP2 =
        link("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
    static final MethodHandle ADD_OPEN =
        link("posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    static final MethodHandle ADD_CLOSEFROM =
        link("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
    static final MethodHandle ATTRIBUTES_INIT = link("posix_spawnattr_init", ADDRESS);
    static final MethodHandle SET_MASK = link("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
    static final MethodHandle SET_DEFAULT = link("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
    static final MethodHandle SET_FLAGS = link("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);

    private static MethodHandle link(String name, MemoryLayout... arguments) {
      return Linker.nativeLinker()
          .downcallHandle(CLibrary.find(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }

    // Not by invokeWithArguments, which costs more than all else of a spawn.

    static void call(MethodHandle handle, MemorySegment a) {
      try {
        check((int) handle.invokeExact(a));
      } catch (Throwable impossible) {
        throw thrown(impossible);
      }
    }

    static void call(MethodHandle handle, MemorySegment a, MemorySegment b) {
      try {
        check((int) handle.invokeExact(a, b));
      } catch (Throwable impossible) {
        throw thrown(impossible);
      }
    }

    static void call(MethodHandle handle, MemorySegment a, short b) {
      try {
        check((int) handle.invokeExact(a, b));
      } catch (Throwable impossible) {
        throw thrown(impossible);
      }
    }

    static void call(MethodHandle handle, MemorySegment a, int b) {
      try {
        check((int) handle.invokeExact(a, b));
      } catch (Throwable impossible) {
        throw thrown(impossible);
      }
    }

    static void call(MethodHandle handle, MemorySegment a, int b, int c) {
      try {
        check((int) handle.invokeExact(a, b, c));
      } catch (Throwable impossible) {
        throw thrown(impossible);
      }
    }

    static void call(MethodHandle handle, MemorySegment a, int b, MemorySegment c, int d, int e) {
      try {
        check((int) handle.invokeExact(a, b, c, d, e));
      } catch (Throwable impossible) {
        throw thrown(impossible);
      }
    }

    /** All of them return 0, or an error number. */
    private static void check(int error) {
      if (error != 0) {
        throw new UnpreparedException(error);
      }
    }

    /** Method handles declare everything; a downcall throws nothing. */
    private static RuntimeException thrown(Throwable thrown) {
      return thrown instanceof RuntimeException mistake
          ? mistake
          : new IllegalStateException(thrown);
    }
  }
}
