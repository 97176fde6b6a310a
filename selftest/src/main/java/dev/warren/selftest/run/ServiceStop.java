package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.process.HostProcessInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Stops services as the machine's own manager would at its end: what they have in memory is
 * written, PID files are gone.
 */
final class ServiceStop {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int SHOWN = 3;

  private final Duration limit;

  /** With so much time for each service to end. */
  ServiceStop(Duration limit) {
    this.limit = limit;
  }

  /**
   * Asks the services of a testenv to end, the last one first, each when the one before has ended.
   * One that does not is left as it is, and those before it too.
   *
   * @return why nobody can count on its state, if so: a service did not end in time, or its host
   *     has processes that are no service's
   */
  Optional<String> stop(RunningTestenv testenv) throws InterruptedException {
    for (RunningService service : testenv.services().reversed()) {
      service.process().destroy();
      if (!service.process().waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.of(
            "the service \"%s\" of %s does not end within %s of SIGTERM"
                .formatted(service.name(), testenv.name(), Exits.seconds(limit)));
      }
    }
    return idle(testenv.host());
  }

  /** Waits until nothing runs in a host; the answer is as that of {@link #stop}. */
  Optional<String> idle(Host host) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    List<HostProcessInfo> others = others(host);
    while (!others.isEmpty() && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
      others = others(host);
    }
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            others.stream()
                .limit(SHOWN)
                .map(process -> String.join(" ", process.command()))
                .collect(
                    Collectors.joining(
                        ", ",
                        "in host " + host.name() + " still run, though its services have ended: ",
                        "")));
  }

  /** All but its init. */
  private static List<HostProcessInfo> others(Host host) {
    return host.processes().stream()
        .filter(process -> !process.isInit() && !process.stat().hasEnded())
        .toList();
  }
}
