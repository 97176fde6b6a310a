package dev.warren.lab.faults;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.warren.linux.process.ProcessStat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a process had that outlives it when something else holds on to it: the namespaces of it and
 * of its descendants, and its hosts' cgroups. Whether a namespace is still there, the kernel says
 * itself, whoever or whatever holds it: it gives each a file handle (nsfs, Linux 6.18), and opens
 * none of what is gone.
 */
final class Holdings {
  /** From linux/fcntl.h. */
  private static final int AT_FDCWD = -100;

  private static final int AT_SYMLINK_FOLLOW = 0x400;
  private static final int FD_NSFS_ROOT = -10003;

  /** Of struct file_handle, name_to_handle_at(2): two ints, and the handle. */
  private static final int HEADER = 8;

  private static final int MAX_HANDLE_SZ = 128;

  private static final Linker LIBC = Linker.nativeLinker();
  private static final MethodHandle NAME_TO_HANDLE_AT =
      function(
          "name_to_handle_at",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
  private static final MethodHandle OPEN_BY_HANDLE_AT =
      function("open_by_handle_at", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final long pid;

  /** The handles of its namespaces, by what /proc calls them. */
  private final Map<String, byte[]> namespaces;

  private Holdings(long pid, Map<String, byte[]> namespaces) {
    this.pid = pid;
    this.namespaces = namespaces;
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    return LIBC.downcallHandle(LIBC.defaultLookup().findOrThrow(name), type);
  }

  /** Of a process that lives, without what it has in common with this one. */
  static Holdings of(long pid) {
    Map<String, byte[]> found = new TreeMap<>();
    for (long one : family(pid)) {
      gather(one, found);
    }
    Map<String, byte[]> own = new TreeMap<>();
    gather(ProcessHandle.current().pid(), own);
    found.keySet().removeAll(own.keySet());
    return new Holdings(pid, found);
  }

  /** How many namespaces it had. */
  int namespaces() {
    return namespaces.size();
  }

  /** Whether this kernel can say which namespaces there are. */
  static boolean canTell() {
    byte[] own = handle(Path.of("/proc/self/ns/net"));
    return own.length > 0 && isThere(own);
  }

  /** What is still there. */
  List<String> left() throws IOException {
    List<String> left = new ArrayList<>();
    namespaces.forEach(
        (name, handle) -> {
          if (isThere(handle)) {
            left.add("namespace " + name);
          }
        });
    try (Stream<Path> all = Files.walk(Path.of("/sys/fs/cgroup"))) {
      all.filter(path -> path.getFileName().toString().startsWith("warren-" + pid + "-"))
          .forEach(path -> left.add("cgroup " + path));
    } catch (UncheckedIOException changing) {
      left.add("cgroups that change");
    }
    return left;
  }

  private static Set<Long> family(long pid) {
    Set<Long> family = new HashSet<>(Set.of(pid));
    List<ProcessStat> machine = ProcessStat.all();
    boolean more = true;
    while (more) {
      more = false;
      for (ProcessStat process : machine) {
        more |= family.contains(process.parent()) && family.add(process.pid());
      }
    }
    return family;
  }

  private static void gather(long pid, Map<String, byte[]> found) {
    for (String folder : List.of("ns", "fd")) {
      try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), folder))) {
        for (Path one : all.toList()) {
          String target = Files.readSymbolicLink(one).toString();
          if (target.matches("[a-z_]+:\\[[0-9]+]") && !found.containsKey(target)) {
            byte[] handle = handle(one);
            if (handle.length > 0) {
              found.put(target, handle);
            }
          }
        }
      } catch (IOException changed) {
        // What it closed, or where it ended meanwhile, it does not hold.
      }
    }
  }

  /** Empty where there is none. */
  private static byte[] handle(Path namespace) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(HEADER + MAX_HANDLE_SZ, 8);
      handle.set(JAVA_INT, 0, MAX_HANDLE_SZ);
      int result =
          (int)
              NAME_TO_HANDLE_AT.invokeExact(
                  AT_FDCWD,
                  arena.allocateFrom(namespace.toString()),
                  handle,
                  arena.allocate(JAVA_INT),
                  AT_SYMLINK_FOLLOW);
      return result == 0 ? handle.toArray(JAVA_BYTE) : new byte[0];
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean isThere(byte[] handle) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(handle.length, 8).copyFrom(MemorySegment.ofArray(handle));
      int descriptor = (int) OPEN_BY_HANDLE_AT.invokeExact(FD_NSFS_ROOT, copy, 0);
      if (descriptor < 0) {
        return false;
      }
      int _ = (int) CLOSE.invokeExact(descriptor);
      return true;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
