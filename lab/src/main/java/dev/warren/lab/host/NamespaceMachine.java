package dev.warren.lab.host;

import dev.warren.lab.cgroup.Cgroup;
import dev.warren.lab.process.HostCode;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
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
public record NamespaceMachine(
    String name, HostNamespaces namespaces, Init init, Optional<Cgroup> cgroup, Kernel kernel)
    implements Machine {
  @Override
  public long pid() {
    return init.pid();
  }

  @Override
  public HostProcess start(HostCommand command) throws IOException {
    return new ProcessStarter(this).start(command);
  }

  @Override
  public <T, X extends Exception> T call(HostCode<T, X> code) throws X, KernelException {
    try (HostThread thread = thread()) {
      return thread.call(code);
    }
  }

  @Override
  public <T, X extends Exception> T get(HostCode<T, X> code) throws X, KernelException {
    try (HostThread thread = thread()) {
      return thread.get(code);
    }
  }

  @Override
  public Path logFile(Path file) {
    return file;
  }

  @Override
  public SocketLook sockets(List<InetAddress> addresses) {
    return new SocketProbes(this, addresses);
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
