package dev.warren.lab;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.host.HostExecutor;
import dev.warren.lab.host.Machine;
import dev.warren.lab.process.Freezer;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.lab.process.HostProcessInfo;
import dev.warren.lab.process.HostUsage;
import dev.warren.lab.process.ProcessTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;

/** A test machine of a running {@link Lab}. All methods may be called from any platform thread. */
public final class Host {
  private final HostDescription description;
  private final Machine machine;
  private final Freezer freezer;
  private final HostExecutor executor;

  Host(HostDescription description, Machine machine) {
    this.description = description;
    this.machine = machine;
    this.executor = new HostExecutor(machine);
    this.freezer = new Freezer(machine.kernel(), machine.init().pid());
  }

  /** Its name, as {@code hostname} prints it inside. */
  public String name() {
    return description.name();
  }

  /** What it was made from. */
  public HostDescription description() {
    return description;
  }

  /** The PID of its init, as the machine sees it: {@code nsenter -t PID --all} leads inside. */
  public long pid() {
    return machine.init().pid();
  }

  /**
   * The file that this JVM holds open for the host's network namespace, as other processes see it:
   * {@code /proc/PID/fd/N}. As long as the host runs it is the same file as {@code
   * /proc/INIT/ns/net}, so a PID that was given away again is told from the host's init.
   */
  public Path networkNamespace() {
    return Path.of(
        "/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), machine.namespaces().network()));
  }

  /**
   * Starts a process.
   *
   * @return the process; its exit code is 128 and the signal's number when a signal killed it
   * @throws IOException when the program is not there or cannot be started, or when the host has no
   *     such user, or the user's ids are none of this lab's
   */
  public HostProcess start(HostCommand command) throws IOException {
    return machine.start(command);
  }

  /**
   * Runs Java code inside: sockets that it opens are this host's for ever, files are seen as this
   * host sees them. The thread is a fresh one and ends with the code.
   *
   * @return what the code returned
   * @throws Exception what the code threw; an interrupt of the caller interrupts the code, and is
   *     thrown when the code throws it
   * @throws IllegalStateException on a virtual thread, see {@code
   *     dev.warren.linux.namespace.Namespaces}
   */
  public <T> T call(Callable<T> body) throws Exception {
    return machine.call(body);
  }

  /** Code without a result. */
  @FunctionalInterface
  public interface Body {
    /** Does it. */
    void run() throws Exception;
  }

  /**
   * As {@link #call}, for code without a result.
   *
   * @throws Exception what the code threw
   */
  public void run(Body body) throws Exception {
    var _ =
        call(
            () -> {
              body.run();
              return true;
            });
  }

  /**
   * Runs Java code inside on platform threads that entered once and never leave; the same executor
   * each time. It ends with the host: what runs then is interrupted.
   *
   * <p>To be given to all that runs code on other threads ({@code CompletableFuture.supplyAsync},
   * {@code HttpClient.Builder.executor}, {@code HttpServer.setExecutor}): what is not told takes
   * the JVM's common pool, whose threads are in no host. The same holds for virtual threads.
   */
  public ExecutorService executor() {
    return executor;
  }

  /** Ends the code that still runs inside. */
  void close() {
    executor.close();
  }

  /** What runs here now, init first. */
  public List<HostProcessInfo> processes() {
    return ProcessTable.read().of(pid());
  }

  /** What all that runs here uses of the machine. */
  public HostUsage usage() {
    return HostUsage.of(processes());
  }

  /**
   * Stops all processes but init, as {@link Freezer} does it. Frozen again, those are stopped too
   * that were started meanwhile.
   *
   * @return how many were stopped
   * @throws IOException when some cannot be stopped; none is then
   */
  public int freeze() throws IOException {
    return freezer.freeze();
  }

  /**
   * Lets those go on that {@link #freeze} stopped.
   *
   * @return how many these were
   */
  public int thaw() throws IOException {
    return freezer.thaw();
  }

  /** Whether its processes are frozen. */
  public boolean isFrozen() {
    return freezer.isFrozen();
  }

  @Override
  public String toString() {
    return "host " + name() + " (init " + pid() + ")";
  }
}
