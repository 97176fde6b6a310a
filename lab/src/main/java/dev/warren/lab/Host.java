package dev.warren.lab;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.event.Event;
import dev.warren.lab.event.Events;
import dev.warren.lab.process.HostCode;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.lab.process.HostProcessInfo;
import dev.warren.lab.process.HostUsage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** A test machine of a running {@link Lab}. All methods may be called from any platform thread. */
public final class Host {
  private final Backing lab;
  private final HostSide side;
  private volatile HostDescription description;

  Host(Backing lab, HostDescription description, HostSide side) {
    this.lab = lab;
    this.description = description;
    this.side = side;
  }

  /** It was changed while it runs. */
  void describedBy(HostDescription changed) {
    description = changed;
  }

  /** What makes it private. */
  HostSide side() {
    return side;
  }

  /** Its name, as {@code hostname} prints it inside. */
  public String name() {
    return description.name();
  }

  /** What it is now: what it was made from, and every change since. */
  public HostDescription description() {
    return description;
  }

  /**
   * The PID of its init, as the machine sees it: {@code nsenter -t PID --all} leads inside. Under
   * cwrap, of the process that ends the lab's others.
   */
  public long pid() {
    return side.machine().pid();
  }

  /**
   * The file that this JVM holds open for the host's network namespace, as other processes see it:
   * {@code /proc/PID/fd/N}. As long as the host runs it is the same file as {@code
   * /proc/INIT/ns/net}, so a PID that was given away again is told from the host's init. None under
   * cwrap.
   */
  public Optional<Path> networkNamespace() {
    return side.networkNamespace();
  }

  /**
   * Where cwrap makes it private: the folder with what makes a process one of this host.
   *
   * @see dev.warren.lab.cwrap.HostFolder
   */
  public Optional<Path> wrapping() {
    return side.wrapping();
  }

  /**
   * The folders of the control groups that limit it, as this JVM sees them, to read what it uses:
   * one for each of the kernel's trees that has a part in it; none without limits.
   */
  public List<Path> cgroups() {
    return side.cgroups();
  }

  /**
   * Starts a process.
   *
   * @return the process; its exit code is 128 and the signal's number when a signal killed it
   * @throws IOException when the program is not there or cannot be started, or when the host has no
   *     such user, or the user's ids are none of this lab's
   */
  public HostProcess start(HostCommand command) throws IOException {
    HostProcess process = side.machine().start(command);
    Events events = lab.events();
    events.publish(new Event.ProcessStarted(name(), process.pid(), command.arguments()));
    var _ =
        process
            .onExit()
            .thenAccept(
                ended ->
                    events.publish(new Event.ProcessEnded(name(), ended.pid(), ended.exitValue())));
    return process;
  }

  /**
   * Runs Java code inside: sockets that it opens are this host's for ever, files are seen as this
   * host sees them. The thread is a fresh one and ends with the code.
   *
   * @return what the code returned
   * @throws X what the code threw; an interrupt of the caller interrupts the code, and is thrown
   *     when the code throws it
   * @throws IOException when the host cannot be entered
   * @throws IllegalStateException on a virtual thread, see {@code
   *     dev.warren.linux.namespace.Namespaces}
   */
  public <T, X extends Exception> T call(HostCode<T, X> code) throws X, IOException {
    return side.machine().call(code);
  }

  /**
   * As {@link #call}, for code that does nothing but look at files or write them, as this host sees
   * them. Under cwrap, where no Java code can be inside, these are the machine's.
   */
  public <T, X extends Exception> T files(HostCode<T, X> code) throws X, IOException {
    return lab.isolation() == Isolation.NAMESPACES
        ? side.machine().call(code)
        : side.machine().get(code);
  }

  /** What makes it private. */
  public Isolation isolation() {
    return lab.isolation();
  }

  /**
   * Code without a result.
   *
   * @param <X> what it may throw
   */
  @FunctionalInterface
  public interface Body<X extends Exception> {
    /** Does it. */
    void run() throws X;
  }

  /**
   * As {@link #call}, for code without a result.
   *
   * @throws X what the code threw
   * @throws IOException when the host cannot be entered
   */
  public <X extends Exception> void run(Body<X> body) throws X, IOException {
    var _ =
        this.<Boolean, X>call(
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
    return side.executor();
  }

  /**
   * Whether its root is another user than the lab's, as can be with a user namespace of its own.
   * What Java code makes inside belongs to that root then.
   */
  public boolean hasOwnRoot() {
    return side.hasOwnRoot();
  }

  /** Ends the code that still runs inside. */
  void close() {
    side.close();
  }

  /** What runs here now, as any system with Java sees it. */
  public Set<ProcessHandle> handles() {
    return side.handles();
  }

  /**
   * Where a log of a service lies, for {@link #files}: under cwrap not where its description says.
   */
  public Path log(Path file) {
    return side.machine().logFile(file);
  }

  /** What runs here now, init first; under cwrap see {@link #handles}. */
  public List<HostProcessInfo> processes() {
    return side.processes();
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
    int stopped = side.freeze();
    lab.events().publish(new Event.HostFrozen(name(), stopped));
    return stopped;
  }

  /**
   * Lets those go on that {@link #freeze} stopped.
   *
   * @return how many these were
   */
  public int thaw() throws IOException {
    int running = side.thaw();
    lab.events().publish(new Event.HostThawed(name(), running));
    return running;
  }

  /** Whether its processes are frozen. */
  public boolean isFrozen() {
    return side.isFrozen();
  }

  /**
   * Its network interfaces as the kernel has them now, {@code lo} too; where somebody in the host
   * has changed them, as they were changed. The root has its ends of the cables besides.
   *
   * @throws IOException when the kernel does not tell
   */
  public List<HostInterface> interfaces() throws IOException {
    return side.interfaces(description, name().equals(lab.description().root().name()));
  }

  /** Its cables, in the description's order; none for the root, which is on the bridges itself. */
  public List<Link> links() {
    if (name().equals(lab.description().root().name())) {
      return List.of();
    }
    return description.interfaces().stream().map(one -> new Link(lab, this, one)).toList();
  }

  /**
   * A cable by the name of its interface in the host, {@code veth30}, or by its network, where the
   * host has only one on that.
   *
   * @throws NoSuchElementException when there is none
   */
  public Link link(String name) {
    List<Link> all = links();
    return all.stream()
        .filter(link -> link.name().equals(name))
        .findFirst()
        .or(
            () -> {
              List<Link> there = all.stream().filter(link -> link.network().equals(name)).toList();
              return there.size() == 1 ? Optional.of(there.getFirst()) : Optional.empty();
            })
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "host %s has no link %s, only %s"
                        .formatted(name(), name, all.stream().map(Link::name).toList())));
  }

  /** Cuts all its links. */
  public void isolate() throws IOException {
    lab.cut(links());
  }

  /** Mends all its links. */
  public void rejoin() throws IOException {
    lab.mend(links());
  }

  /**
   * Stops the services, ends all processes, and lets the host begin anew with its services. Its
   * files and its network stay as they are, what lies in /tmp and /run too.
   *
   * @throws IOException when it cannot begin anew; its processes are gone all the same
   */
  public void reboot() throws IOException {
    lab.reboot(this);
  }

  @Override
  public String toString() {
    return "host " + name() + " (init " + pid() + ")";
  }
}
