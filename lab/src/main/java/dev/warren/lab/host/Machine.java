package dev.warren.lab.host;

import dev.warren.lab.process.HostCommand;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.process.PidFd;
import dev.warren.linux.process.SpawnRequest;
import dev.warren.linux.process.SpawnedProcess;
import dev.warren.linux.process.Spawner;
import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * A host that runs: nothing but what the kernel gave.
 *
 * @param name as in the lab's description
 * @param namespaces the way in
 * @param init what keeps its processes alive
 * @param kernel the door to the kernel
 */
public record Machine(String name, HostNamespaces namespaces, Init init, Kernel kernel)
    implements AutoCloseable {
  /**
   * Starts a process. The thread that does it ends at once: having entered the PID namespace it
   * could start no other thread.
   */
  public Process start(HostCommand command) throws IOException {
    try (Streams streams = Streams.open(kernel, command);
        HostThread thread = HostThread.inside("warren-spawn-" + name, namespaces, kernel)) {
      SpawnRequest request =
          new SpawnRequest(
              command.arguments(),
              command.environment(),
              command.directory(),
              streams.stdin(),
              streams.stdout(),
              streams.stderr(),
              command.stdin().type() != ProcessBuilder.Redirect.Type.INHERIT);
      long[] pid = new long[1];
      thread.run(
          () -> {
            init.enterPidNamespace(kernel);
            pid[0] = new Spawner(kernel).spawn(request);
          });
      return new SpawnedProcess(
          pid[0],
          PidFd.adopt(kernel, pid[0]),
          streams.toChild(),
          streams.fromChild(),
          streams.errorsFromChild());
    }
  }

  /** Runs Java code on a thread inside, and waits for its result. */
  public <T> T call(Callable<T> body) throws Exception {
    try (HostThread thread = HostThread.inside("warren-host-" + name, namespaces, kernel)) {
      return thread.call(body);
    }
  }

  @Override
  public void close() {
    init.close();
    namespaces.close();
  }
}
