package dev.warren.lab.host;

import dev.warren.lab.cgroup.Cgroup;
import dev.warren.lab.process.ProcessTable;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.DescriptorInputStream;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.Pipe;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
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

/**
 * A host's process 1. It does nothing but live as long as the JVM does, and reap orphans (by
 * ignoring SIGCHLD, wait(2)); when it ends the kernel kills everything else in the host.
 */
public final class Init implements AutoCloseable {
  /**
   * A fresh /proc must be mounted from within the PID namespace that it shows. Containers mask
   * parts of /proc, and the kernel then refuses a fresh one: the outer one stays. "ready" tells the
   * JVM that the host can be used; from then on nothing is written.
   */
  private static final String SCRIPT =
      """
      mount -n -t proc -o nosuid,nodev,noexec proc /proc 2>/dev/null || :
      echo ready
      exec env --ignore-signal=CHLD cat >/dev/null 2>&1
      """;

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");

  /** An init that has not ended by then has processes that nobody waits for. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Kernel kernel;
  private final long pid;
  private final PidFd process;
  private final Descriptor lifeline;
  private final Descriptor pidNamespace;

  private Init(
      Kernel kernel, long pid, PidFd process, Descriptor lifeline, Descriptor pidNamespace) {
    this.kernel = kernel;
    this.pid = pid;
    this.process = process;
    this.lifeline = lifeline;
    this.pidNamespace = pidNamespace;
  }

  /**
   * Starts the init of a host in a new PID namespace, and returns when the host can be used.
   *
   * @param cgroup what limits it with all that it starts
   */
  public static Init start(
      Kernel kernel, HostNamespaces namespaces, String host, Optional<Cgroup> cgroup)
      throws IOException {
    Pipe life = Pipe.open(kernel);
    try (Descriptor theirEnd = life.reader()) {
      Pipe ready = Pipe.open(kernel);
      long pid;
      try (Descriptor theirs = ready.writer()) {
        pid = spawn(kernel, namespaces, host, request(cgroup, theirEnd, theirs));
      } catch (IOException failure) {
        ready.reader().close();
        throw failure;
      }
      return adopt(kernel, host, pid, life.writer(), ready.reader());
    } catch (IOException failure) {
      life.writer().close();
      throw failure;
    }
  }

  private static SpawnRequest request(Optional<Cgroup> cgroup, Descriptor in, Descriptor out) {
    List<String> init = List.of("/bin/sh", "-c", SCRIPT);
    List<String> command = cgroup.map(one -> one.command(init)).orElse(init);
    return SpawnRequest.of(command, ENVIRONMENT, Path.of("/"), in, out, out)
        .withInherited(cgroup.map(Cgroup::doors).orElse(List.of()));
  }

  private static long spawn(
      Kernel kernel, HostNamespaces namespaces, String host, SpawnRequest request)
      throws IOException {
    long[] pid = new long[1];
    try (HostThread thread = HostThread.inside("warren-init-" + host, namespaces, kernel)) {
      thread.run(
          () -> {
            new Namespaces(kernel).unshare(EnumSet.of(NamespaceKind.PID));
            pid[0] = new Spawner(kernel).spawn(request);
          });
    }
    return pid[0];
  }

  private static Init adopt(
      Kernel kernel, String host, long pid, Descriptor lifeline, Descriptor ready)
      throws IOException {
    try (DescriptorInputStream answer = new DescriptorInputStream(kernel, ready)) {
      PidFd process = PidFd.adopt(kernel, pid);
      try {
        String said = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        if (!said.startsWith("ready")) {
          throw new IOException("start init of host " + host + ": " + said.strip());
        }
        Descriptor pidNamespace = new Namespaces(kernel).of(pid, NamespaceKind.PID);
        return new Init(kernel, pid, process, lifeline, pidNamespace);
      } catch (IOException failure) {
        end(kernel, process);
        throw failure;
      }
    }
  }

  /** Its PID, as the namespace of this JVM counts. */
  public long pid() {
    return pid;
  }

  /** Makes the children of the calling thread processes of the host; it is good for no more. */
  void enterPidNamespace(Kernel kernel) throws KernelException {
    new Namespaces(kernel).enter(pidNamespace, NamespaceKind.PID);
  }

  /** Ends everything that runs in the host, and returns when it has ended. */
  @Override
  public void close() {
    lifeline.close();
    pidNamespace.close();
    end(kernel, process);
  }

  private static void end(Kernel kernel, PidFd process) {
    try (process) {
      process.send(Signal.KILL);
      wakeLaunchers(kernel, process);
      var _ = process.awaitExit();
    } catch (KernelException gone) {
      // Nothing to end: it was reaped, or never was. The lifeline is closed in any case.
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
