package dev.warren.lab.host;

import dev.warren.lab.cgroup.Cgroup;
import dev.warren.lab.process.ProcessTable;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.DescriptorInputStream;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.Pipe;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import dev.warren.linux.process.InitProgram;
import dev.warren.linux.process.PidFd;
import dev.warren.linux.process.ProcessStat;
import dev.warren.linux.process.Signal;
import dev.warren.linux.process.SpawnRequest;
import dev.warren.linux.process.Spawner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A host's process 1. It does nothing but live as long as the JVM does, and reap orphans (by
 * ignoring SIGCHLD, wait(2)); when it ends the kernel kills everything else in the host.
 */
public final class Init implements AutoCloseable {
  /**
   * A fresh /proc must be mounted from within the PID namespace that it shows. Containers mask
   * parts of /proc, and the kernel then refuses a fresh one: the outer one stays.
   */
  static final String MOUNT_PROC =
      """
      mount -n -t proc -o nosuid,nodev,noexec proc /proc 2>/dev/null || :
      """;

  private static final String READY = "ready";

  /**
   * It lives as long as its pipe. "ready" tells the JVM that the host can be used; from then on
   * nothing is written.
   */
  static final String LIVE =
      """
      echo ready
      exec env --ignore-signal=CHLD cat >/dev/null 2>&1
      """;

  static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");

  /** What starting {@link InitProgram} may give where a shell can be started. */
  private static final Set<Errno> REFUSALS =
      EnumSet.of(Errno.ENOENT, Errno.EACCES, Errno.EPERM, Errno.ENOEXEC, Errno.ETXTBSY);

  /** An init that has not ended by then has processes that nobody waits for. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Kernel kernel;
  private final long pid;
  private final PidFd process;
  private final Descriptor lifeline;
  private final Descriptor pidNamespace;

  /** The child of this JVM that has it as a child; empty when it is one itself. */
  private final Optional<PidFd> parent;

  Init(
      Kernel kernel,
      long pid,
      PidFd process,
      Descriptor lifeline,
      Descriptor pidNamespace,
      Optional<PidFd> parent) {
    this.kernel = kernel;
    this.pid = pid;
    this.process = process;
    this.lifeline = lifeline;
    this.pidNamespace = pidNamespace;
    this.parent = parent;
  }

  /**
   * Starts the init of a host that has a user namespace of its own, and returns when the host can
   * be used.
   *
   * @param cgroup what limits it with all that it starts
   * @param again whether the host had one before
   */
  public static Init start(
      Kernel kernel,
      HostNamespaces namespaces,
      Enclosure enclosure,
      String host,
      Optional<Cgroup> cgroup,
      boolean again)
      throws IOException {
    return new EnclosedInit(kernel, namespaces, enclosure, host).start(again, cgroup);
  }

  /**
   * An init that was started, and may not be ready yet.
   *
   * @param pid as the namespace of this JVM counts
   * @param lifeline what it lives by
   * @param ready where it says when the host can be used
   */
  public record Born(long pid, Descriptor lifeline, Descriptor ready) {
    /**
     * Waits until the host can be used.
     *
     * @param host its name
     */
    public Init adopt(Kernel kernel, String host) throws IOException {
      try {
        return Init.adopt(kernel, host, pid, lifeline, ready);
      } catch (IOException failure) {
        lifeline.close();
        throw failure;
      }
    }

    /** Ends it instead. */
    public void close(Kernel kernel) {
      lifeline.close();
      ready.close();
      try {
        end(kernel, PidFd.adopt(kernel, pid), Optional.empty());
      } catch (KernelException gone) {
        // It ends by its lifeline.
      }
    }
  }

  /**
   * Starts the init of a host in a new PID namespace, by a thread inside, which is good for nothing
   * else in this host afterwards.
   *
   * @param cgroup what limits it with all that it starts
   * @param program an open folder with {@link InitProgram}, for a host without limits; without it,
   *     a shell does the same
   * @throws KernelException also when {@link #wantsShell} says why; the thread must be another then
   */
  public static Born spawn(Kernel kernel, Optional<Cgroup> cgroup, Optional<Descriptor> program)
      throws IOException {
    Pipe life = Pipe.open(kernel);
    try (Descriptor theirEnd = life.reader()) {
      Pipe ready = Pipe.open(kernel);
      try (Descriptor theirs = ready.writer()) {
        long pid = spawn(kernel, cgroup, theirEnd, theirs, program);
        return new Born(pid, life.writer(), ready.reader());
      } catch (IOException failure) {
        ready.reader().close();
        throw failure;
      }
    } catch (IOException failure) {
      life.writer().close();
      throw failure;
    }
  }

  private static long spawn(
      Kernel kernel,
      Optional<Cgroup> cgroup,
      Descriptor in,
      Descriptor out,
      Optional<Descriptor> program)
      throws IOException {
    List<String> init =
        program.isEmpty() ? List.of("/bin/sh", "-c", MOUNT_PROC + LIVE) : List.of(InitProgram.PATH);
    SpawnRequest request =
        SpawnRequest.of(
                cgroup.map(one -> one.command(init)).orElse(init),
                ENVIRONMENT,
                Path.of(program.isEmpty() ? "/" : "."),
                in,
                out,
                out)
            .withInherited(cgroup.map(Cgroup::doors).orElse(List.of()));
    new Namespaces(kernel).unshare(EnumSet.of(NamespaceKind.PID));
    if (program.isPresent()) {
      new Mounts(kernel).goTo(program.get());
    }
    return new Spawner(kernel).spawn(request);
  }

  private static Init adopt(
      Kernel kernel, String host, long pid, Descriptor lifeline, Descriptor ready)
      throws IOException {
    try (DescriptorInputStream answer = new DescriptorInputStream(kernel, ready)) {
      PidFd process = PidFd.adopt(kernel, pid);
      try {
        String said = new String(answer.readNBytes(READY.length()), StandardCharsets.UTF_8);
        if (!said.equals(READY)) {
          said += new String(answer.readAllBytes(), StandardCharsets.UTF_8);
          throw new IOException("start init of host " + host + ": " + said.strip());
        }
        Descriptor pidNamespace = new Namespaces(kernel).of(pid, NamespaceKind.PID);
        return new Init(kernel, pid, process, lifeline, pidNamespace, Optional.empty());
      } catch (IOException failure) {
        lifeline.close();
        end(kernel, process, Optional.empty());
        throw failure;
      }
    }
  }

  /**
   * Whether an init failed to start for its program's sake: there are rules against programs that
   * lie in memory, or somebody else's child has the file open still.
   */
  public static boolean wantsShell(KernelException failure) {
    return failure.errno().filter(REFUSALS::contains).isPresent();
  }

  /** Its PID, as the namespace of this JVM counts. */
  public long pid() {
    return pid;
  }

  /** Makes the children of the calling thread processes of the host; it is good for no more. */
  void enterPidNamespace(Kernel kernel) throws KernelException {
    new Namespaces(kernel).enter(pidNamespace, NamespaceKind.PID);
  }

  /** Tells the kernel to end everything that runs in the host. */
  public void tellEnd() {
    kill(process);
  }

  private static void kill(PidFd process) {
    try {
      process.send(Signal.KILL);
    } catch (KernelException refused) {
      // It ends by itself: the lifeline is closed, or will be.
    }
  }

  /** Ends everything that runs in the host, and returns when it has ended. */
  @Override
  public void close() {
    lifeline.close();
    pidNamespace.close();
    end(kernel, process, parent);
  }

  /** Ends one whose lifeline is closed already. */
  static void end(Kernel kernel, PidFd process, Optional<PidFd> parent) {
    try (process;
        PidFd child = parent.orElse(process)) {
      kill(process);
      wakeLaunchers(kernel, process);
      var _ = child.awaitExit();
    } catch (KernelException gone) {
      // Nothing to end: it was reaped, or never was.
    }
  }

  /** While somebody outside is stopped and waits for no child, the kernel keeps the init. */
  private static void wakeLaunchers(Kernel kernel, PidFd process) {
    try {
      while (!process.awaitEnd(PATIENCE)) {
        for (ProcessStat launcher : ProcessTable.read().launchersOfEnded()) {
          launcher.send(kernel, Signal.CONT);
        }
      }
    } catch (KernelException unseen) {
      // It is waited for all the same.
    }
  }
}
