package dev.warren.lab.service;

import dev.warren.lab.description.Condition;
import dev.warren.lab.description.Readiness;
import dev.warren.lab.description.RestartPolicy;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.lab.process.ProcessTree;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * One life of a service, from its start to its stop or failure, with all restarts: the work of its
 * thread. To stop it the thread is interrupted.
 *
 * <pre>
 *   WAITING ─► STARTING ─► READY ─► (the process ends) ─► RESTARTING ─► STARTING ...
 *                 │                        │
 *                 └─► FAILED ◄─────────────┴─► ENDED          any ─► STOPPING ─► STOPPED
 * </pre>
 */
final class ServiceRun implements Runnable {
  private static final Duration FIRST_LOOK = Duration.ofMillis(10);
  private static final Duration SLOWEST_LOOK = Duration.ofMillis(250);
  private static final int TOLD_LINES = 20;

  private final Service service;
  private final ServiceDescription description;
  private volatile Duration stopWithin;
  private volatile boolean stopped;

  ServiceRun(Service service) {
    this.service = service;
    this.description = service.description();
    this.stopWithin = description.stop().within();
  }

  /** Asks it to end; then its thread is to be interrupted. */
  void stop(Duration within) {
    stopWithin = within;
    stopped = true;
  }

  @Override
  public void run() {
    try {
      awaitNeeds();
      live();
    } catch (ServiceFailedException failure) {
      finish(failure);
    } catch (InterruptedException asked) {
      finishStopped();
    } catch (IOException | RuntimeException failure) {
      finish(new ServiceFailedException(service.name(), words(failure), ""));
    } finally {
      service.runsAs(OptionalLong.empty());
    }
  }

  /** What happens while it is being stopped is no failure. */
  private void finish(ServiceFailedException failure) {
    if (stopped) {
      finishStopped();
    } else {
      service.fail(failure);
    }
  }

  private void finishStopped() {
    service.change(ServiceState.STOPPED);
    service.tell(new ServiceEvent.Stopped(service.name()));
  }

  private static String words(Exception failure) {
    String message = failure.getMessage();
    return "cannot run: " + (message == null ? failure.toString() : message);
  }

  private void awaitNeeds() throws ServiceFailedException, InterruptedException {
    for (Service need : service.needs()) {
      try {
        need.awaitReady();
      } catch (ServiceFailedException failure) {
        throw new ServiceFailedException(
            service.name(),
            "was not started: service "
                + failure.service()
                + ", which it needs, "
                + failure.reason(),
            "");
      }
    }
  }

  /** How a process came to its end: by itself, or because it was not ready in time. */
  private record End(int code, boolean wasReady, Optional<String> late) {}

  private void live() throws IOException, InterruptedException {
    int restarts = 0;
    boolean everReady = false;
    while (true) {
      long began = System.nanoTime();
      long logStart = service.log().size();
      End end = live(logStart);
      if (description.kind() == ServiceDescription.Kind.ONCE) {
        endStep(end, logStart);
        return;
      }
      everReady |= end.wasReady;
      if (!everReady) {
        throw failure(end, "before it was ready", logStart);
      }
      if (System.nanoTime() - began > RestartPolicy.LONG_RUN.toNanos()) {
        restarts = 0;
      }
      RestartPolicy policy = description.restart();
      if (!policy.applies(end.code) || restarts >= policy.limit()) {
        end(end, restarts, logStart);
        return;
      }
      Duration delay = policy.delay(restarts);
      restarts++;
      service.change(ServiceState.RESTARTING);
      service.tell(new ServiceEvent.Restarting(service.name(), restarts, delay));
      Thread.sleep(delay);
    }
  }

  private void endStep(End end, long logStart) throws IOException {
    if (end.code != 0 || end.late.isPresent()) {
      throw failure(end, "", logStart);
    }
    service.change(ServiceState.ENDED);
  }

  private void end(End end, int restarts, long logStart) throws IOException {
    if (end.code == 0 && end.late.isEmpty()) {
      service.change(ServiceState.ENDED);
    } else {
      String often = restarts == 0 ? "" : "after " + restarts + " restarts";
      throw failure(end, often, logStart);
    }
  }

  private ServiceFailedException failure(End end, String when, long logStart) throws IOException {
    String reason = end.late.orElseGet(() -> ended(end.code));
    String all = when.isEmpty() || end.late.isPresent() ? reason : reason + " " + when;
    return new ServiceFailedException(
        service.name(), all, service.log().tail(logStart, TOLD_LINES));
  }

  private static String ended(int code) {
    return code > 128 ? "was killed by signal " + (code - 128) : "ended with exit code " + code;
  }

  /** Runs its process once, to the end. */
  private End live(long logStart) throws IOException, InterruptedException {
    service.change(ServiceState.STARTING);
    HostCommand command = command();
    long began = System.nanoTime();
    HostProcess process = service.host().start(command);
    service.runsAs(OptionalLong.of(process.pid()));
    service.tell(new ServiceEvent.Started(service.name(), process.pid()));
    try {
      Probes probes =
          new Probes(service.host(), command, service.addresses(), service.log(), logStart);
      Optional<String> late = awaitReadiness(process, probes);
      boolean ready = late.isEmpty() && isReady(process);
      if (ready) {
        Duration after = Duration.ofNanos(System.nanoTime() - began);
        service.change(ServiceState.READY);
        service.tell(new ServiceEvent.Ready(service.name(), after));
        process.waitFor();
      }
      if (late.isPresent()) {
        ProcessTree.end(process, description.stop().signal(), stopWithin);
      }
      int code = process.waitFor();
      service.tell(new ServiceEvent.Ended(service.name(), code));
      if (description.kind() == ServiceDescription.Kind.LONG_RUNNING || code != 0) {
        ProcessTree.killRest(process);
      }
      return new End(code, ready, late);
    } catch (InterruptedException asked) {
      service.change(ServiceState.STOPPING);
      ProcessTree.end(process, description.stop().signal(), stopWithin);
      throw asked;
    } catch (IOException | RuntimeException failure) {
      ProcessTree.end(process, description.stop().signal(), Duration.ZERO);
      throw failure;
    } finally {
      service.runsAs(OptionalLong.empty());
    }
  }

  /** Without a condition it was ready when it was started, however soon it ended. */
  private boolean isReady(HostProcess process) {
    return description.kind() == ServiceDescription.Kind.LONG_RUNNING
        && (description.ready().condition().isEmpty() || process.isAlive());
  }

  private HostCommand command() {
    HostCommand command =
        HostCommand.of(description.command())
            .variables(description.environment())
            .directory(description.directory())
            .stdin(Redirect.from(new File("/dev/null")))
            .log(description.logFile());
    return description.user().map(command::user).orElse(command);
  }

  /** Waits until it is ready or has ended; what it returns is why neither came in time. */
  private Optional<String> awaitReadiness(HostProcess process, Probes probes)
      throws IOException, InterruptedException {
    Readiness ready = description.ready();
    if (description.kind() == ServiceDescription.Kind.ONCE) {
      boolean ended = process.waitFor(ready.within().toNanos(), TimeUnit.NANOSECONDS);
      return ended
          ? Optional.empty()
          : Optional.of("did not end within " + seconds(ready.within()));
    }
    if (ready.condition().isEmpty()) {
      return Optional.empty();
    }
    return awaitCondition(process, probes, ready.condition().get(), ready.within());
  }

  private static Optional<String> awaitCondition(
      HostProcess process, Probes probes, Condition condition, Duration within)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    Duration pause = FIRST_LOOK;
    while (true) {
      Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      Optional<String> unmet = probes.unmet(condition, left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (unmet.isEmpty() || process.waitFor(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
      if (System.nanoTime() > deadline) {
        return Optional.of("was not ready within " + seconds(within) + ": " + unmet.get());
      }
      pause = pause.compareTo(SLOWEST_LOOK) < 0 ? pause.multipliedBy(2) : SLOWEST_LOOK;
    }
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
