package dev.warren.lab.service;

import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.description.ServiceName;
import dev.warren.lab.host.Machine;
import dev.warren.lab.process.LabThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A service of a running host. All methods may be called from any platform thread, but for those of
 * a {@link ServiceListener}.
 */
public final class Service {
  private final Machine host;
  private final ServiceName name;
  private final ServiceDescription description;
  private final List<InetAddress> addresses;
  private final List<Service> needs;
  private final ServiceListener listener;
  private final ServiceLog log;

  /** Guards what follows; whoever waits is told of every change. */
  private final Object lock = new Object();

  private ServiceState state = ServiceState.STOPPED;
  private @Nullable ServiceFailedException failure;
  private @Nullable ServiceRun run;
  private @Nullable Thread thread;
  private OptionalLong pid = OptionalLong.empty();

  Service(
      Machine host,
      ServiceDescription description,
      List<InetAddress> addresses,
      List<Service> needs,
      ServiceListener listener) {
    this.host = host;
    this.name = new ServiceName(host.name(), description.name());
    this.description = description;
    this.addresses = List.copyOf(addresses);
    this.needs = List.copyOf(needs);
    this.listener = listener;
    this.log = new ServiceLog(host, description.logFile());
  }

  /** Its host and its name there. */
  public ServiceName name() {
    return name;
  }

  /** What it was made from. */
  public ServiceDescription description() {
    return description;
  }

  /** What it is doing. */
  public ServiceState state() {
    synchronized (lock) {
      return state;
    }
  }

  /** Its process, as the machine counts; none while it does not run. */
  public OptionalLong pid() {
    synchronized (lock) {
      return pid;
    }
  }

  /** Where its output goes, as the host sees files. */
  public Path logFile() {
    return description.logFile();
  }

  /**
   * A part of its log.
   *
   * @param from the first byte, from 0
   * @param most how many bytes at most
   * @return nothing when the log is not so long, or not there
   */
  public byte[] readLog(long from, int most) throws IOException {
    return log.read(from, most);
  }

  /** The last lines of its log, of all its runs. */
  public String logTail(int lines) throws IOException {
    return log.tail(0, lines);
  }

  /**
   * Starts it, when it does not run already; it waits for what it needs. Returns at once: see
   * {@link #awaitReady}.
   */
  public void start() {
    ServiceFailedException tooMany = null;
    synchronized (lock) {
      if (thread != null && thread.isAlive() && !state.isFinal()) {
        return;
      }
      failure = null;
      state = needs.isEmpty() ? ServiceState.STARTING : ServiceState.WAITING;
      ServiceRun next = new ServiceRun(this);
      run = next;
      try {
        thread = LabThreads.start("warren-service-" + name, next);
      } catch (IOException full) {
        thread = null;
        run = null;
        tooMany = new ServiceFailedException(name, "cannot run: " + full.getMessage(), "");
      }
    }
    if (tooMany != null) {
      fail(tooMany);
    }
  }

  /**
   * Stops it as its description says, and returns when nothing of it runs; when it does not run,
   * nothing happens. An interrupt is kept for later.
   */
  public void stop() {
    stop(description.stop().within());
  }

  /** Stops it with another time limit. */
  void stop(Duration within) {
    Thread running;
    synchronized (lock) {
      running = thread;
      if (run == null || running == null) {
        return;
      }
      run.stop(within);
      running.interrupt();
    }
    join(running);
    change(ServiceState.STOPPED);
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException interrupt) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops and starts it. */
  public void restart() {
    stop();
    start();
  }

  /**
   * Waits until it is ready; a step that is taken once is ready when it has ended with 0.
   *
   * @throws ServiceFailedException when it will not be
   */
  public void awaitReady() throws ServiceFailedException, InterruptedException {
    synchronized (lock) {
      while (!isUsable()) {
        lock.wait();
      }
    }
  }

  /**
   * Whether it is ready; a step that is taken once is ready when it has ended with 0.
   *
   * @throws ServiceFailedException when it will not be
   */
  boolean isUsable() throws ServiceFailedException {
    synchronized (lock) {
      return switch (state) {
        case READY -> true;
        case ENDED -> {
          if (description.kind() == ServiceDescription.Kind.ONCE) {
            yield true;
          }
          throw new ServiceFailedException(name, "has ended", "");
        }
        case WAITING, STARTING, RESTARTING -> false;
        case STOPPING, STOPPED -> throw new ServiceFailedException(name, "is stopped", "");
        case FAILED ->
            throw failure == null ? new ServiceFailedException(name, "failed", "") : failure;
      };
    }
  }

  Machine host() {
    return host;
  }

  List<InetAddress> addresses() {
    return addresses;
  }

  List<Service> needs() {
    return needs;
  }

  ServiceLog log() {
    return log;
  }

  void change(ServiceState next) {
    synchronized (lock) {
      state = next;
      lock.notifyAll();
    }
  }

  void fail(ServiceFailedException why) {
    synchronized (lock) {
      failure = why;
      change(ServiceState.FAILED);
    }
    tell(new ServiceEvent.Failed(name, why.reason()));
  }

  void runsAs(OptionalLong process) {
    synchronized (lock) {
      pid = process;
    }
  }

  void tell(ServiceEvent event) {
    listener.happened(event);
  }

  @Override
  public String toString() {
    return "service " + name + " (" + state() + ")";
  }
}
