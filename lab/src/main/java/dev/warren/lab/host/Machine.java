package dev.warren.lab.host;

import dev.warren.lab.cgroup.Cgroup;
import dev.warren.lab.process.HostCode;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import java.io.IOException;
import java.util.Optional;

/**
 * A host that runs: nothing but what the kernel gave.
 *
 * @param name as in the lab's description
 * @param namespaces the way in
 * @param init what keeps its processes alive
 * @param cgroup what limits it; empty without limits
 * @param kernel the door to the kernel
 */
public record Machine(
    String name, HostNamespaces namespaces, Init init, Optional<Cgroup> cgroup, Kernel kernel)
    implements AutoCloseable {
  /** Starts a process. */
  public HostProcess start(HostCommand command) throws IOException {
    return new ProcessStarter(this).start(command);
  }

  /** Runs Java code on a thread inside, and waits for its result. */
  public <T, X extends Exception> T call(HostCode<T, X> code) throws X, KernelException {
    try (HostThread thread = thread()) {
      return thread.call(code);
    }
  }

  /** Does something on a thread inside, and waits for it whatever happens. */
  public <T, X extends Exception> T get(HostCode<T, X> code) throws X, KernelException {
    try (HostThread thread = thread()) {
      return thread.get(code);
    }
  }

  private HostThread thread() throws KernelException {
    try {
      return HostThread.inside("warren-host-" + name, namespaces, kernel);
    } catch (KernelException failure) {
      throw failure.during("enter host " + name);
    }
  }

  @Override
  public void close() {
    init.close();
    namespaces.close();
  }
}
