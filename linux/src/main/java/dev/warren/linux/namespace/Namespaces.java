package dev.warren.linux.namespace;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes, holds and enters namespaces, always of the calling thread alone. A thread that makes or
 * enters a mount namespace has the usual umask from then on, 022.
 *
 * <p>A thread that has been here is marked for life: it should enter once and end. A virtual thread
 * is refused, for the change would hit its carrier and whatever runs there next.
 */
public final class Namespaces {
  /** From linux/sched.h: stop sharing the working directory, root and umask with other threads. */
  private static final int CLONE_FS = 0x00000200;

  /** What a machine starts its programs with. */
  private static final int UMASK = 0022;

  private final Kernel kernel;

  /** Namespaces of a kernel. */
  public Namespaces(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Puts the calling thread into new namespaces.
   *
   * @throws IllegalStateException on a virtual thread
   */
  public void unshare(Set<NamespaceKind> kinds) throws KernelException {
    requirePlatformThread();
    int flags = kinds.stream().mapToInt(NamespaceKind::flag).reduce(0, (a, b) -> a | b);
    String names =
        kinds.stream().map(NamespaceKind::file).sorted().collect(Collectors.joining(", "));
    KernelException.check(
        kernel.call(SystemCall.UNSHARE, flags | CLONE_FS, 0, 0), "unshare " + names);
    leaveUmaskBehind();
  }

  /**
   * Puts the calling thread into a namespace.
   *
   * @throws IllegalStateException on a virtual thread
   */
  public void enter(Descriptor namespace, NamespaceKind kind) throws KernelException {
    requirePlatformThread();
    if (kind == NamespaceKind.MOUNT) {
      // setns(2): a thread that shares its filesystem attributes may not change mount namespaces.
      KernelException.check(
          kernel.call(SystemCall.UNSHARE, CLONE_FS, 0, 0), "unshare the working directory");
      leaveUmaskBehind();
    }
    KernelException.check(
        kernel.call(SystemCall.SETNS, namespace.number(), kind.flag(), 0),
        "setns into the " + kind.file() + " namespace");
  }

  /** That of who started this JVM is no host's; the thread has one of its own by now. */
  private void leaveUmaskBehind() {
    kernel.call(SystemCall.UMASK, UMASK, 0, 0); // cannot fail
  }

  /** Opens a namespace of the calling thread; while it is open the namespace lives. */
  public Descriptor own(NamespaceKind kind) throws KernelException {
    return Descriptor.open(
        kernel, Path.of("/proc/thread-self/ns", kind.file()), Descriptor.O_RDONLY);
  }

  /**
   * As {@link #own(NamespaceKind)}, where the calling thread does not see itself in /proc.
   *
   * @param proc the machine's /proc
   */
  public Descriptor own(NamespaceKind kind, Descriptor proc) throws KernelException {
    return Descriptor.openIn(
        kernel, proc, Path.of("thread-self/ns", kind.file()), Descriptor.O_RDONLY);
  }

  /** Opens a namespace of a process. */
  public Descriptor of(long pid, NamespaceKind kind) throws KernelException {
    return Descriptor.open(
        kernel, Path.of("/proc", Long.toString(pid), "ns", kind.file()), Descriptor.O_RDONLY);
  }

  /**
   * Names the machine of the calling thread's UTS namespace.
   *
   * @param name at most 64 bytes
   */
  public void hostname(String name) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(name);
      long length = name.getBytes(StandardCharsets.UTF_8).length;
      KernelException.check(
          kernel.call(SystemCall.SETHOSTNAME, text.address(), length, 0), "sethostname " + name);
    }
  }

  private static void requirePlatformThread() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException(
          "a virtual thread cannot change namespaces: its carrier would. Use a platform thread.");
    }
  }
}
