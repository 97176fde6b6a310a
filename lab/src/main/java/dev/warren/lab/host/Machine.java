package dev.warren.lab.host;

import dev.warren.lab.process.HostCode;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** A host that runs, whatever makes it private. Nothing here is any one system's own. */
public interface Machine extends AutoCloseable {
  /** As in the lab's description. */
  String name();

  /** The process that keeps its others alive. */
  long pid();

  /** Starts a process. */
  HostProcess start(HostCommand command) throws IOException;

  /**
   * Runs Java code on a thread inside, and waits for its result.
   *
   * @throws IOException also when Java code cannot be inside
   */
  <T, X extends Exception> T call(HostCode<T, X> code) throws X, IOException;

  /**
   * Looks at files, or writes them, as the host sees them, and waits for it whatever happens. The
   * code uses nothing else of the host.
   */
  <T, X extends Exception> T get(HostCode<T, X> code) throws X, IOException;

  /**
   * Where a log lies.
   *
   * @param file as the host's description calls it
   * @return what {@link #get} finds it by
   */
  Path logFile(Path file);

  /**
   * What looks at its sockets.
   *
   * @param addresses its own
   */
  SocketLook sockets(List<InetAddress> addresses);

  /** Ends everything in it. */
  @Override
  void close();
}
