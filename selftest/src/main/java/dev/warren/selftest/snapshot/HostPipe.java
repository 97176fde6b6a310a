package dev.warren.selftest.snapshot;

import dev.warren.lab.Host;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.ProcessTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Runs a script in a host that is fed by this JVM, or feeds it. */
final class HostPipe {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** What it complains is shown to people. */
  private static final int MOST_COMPLAINTS = 2000;

  private HostPipe() {}

  /** Gives a script its standard input. */
  @FunctionalInterface
  interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Takes a script's standard output. */
  @FunctionalInterface
  interface Sink {
    void readFrom(InputStream in) throws IOException;
  }

  /**
   * Runs a script to its end.
   *
   * @param purpose what it does to what, for people
   * @throws IOException when it fails or complains, or one of the two ends does
   */
  static void run(String purpose, Host host, HostCommand command, Source source, Sink sink)
      throws IOException, InterruptedException {
    Process process =
        host.start(
            command.environment(
                Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C.UTF-8")));
    boolean ended = false;
    try {
      FutureTask<String> fed = start(() -> feed(process, source));
      FutureTask<String> drained = start(() -> drain(process, sink));
      FutureTask<String> complaints =
          start(
              () ->
                  new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                      .strip());
      ended = process.waitFor(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
      if (!ended) {
        throw new IOException("%s took more than %d s".formatted(purpose, LIMIT.toSeconds()));
      }
      String said = result(purpose, complaints);
      if (process.exitValue() != 0 || !said.isEmpty()) {
        // Why a pipe broke is said here.
        throw new IOException(
            "%s: exit code %d%s"
                .formatted(
                    purpose,
                    process.exitValue(),
                    said.isEmpty()
                        ? ""
                        : ": " + said.substring(0, Math.min(said.length(), MOST_COMPLAINTS))));
      }
      result(purpose, fed);
      result(purpose, drained);
    } finally {
      if (!ended) {
        ProcessTree.end(process);
      }
    }
  }

  private static String feed(Process process, Source source) throws IOException {
    try (OutputStream out = process.getOutputStream()) {
      source.writeTo(out);
    }
    return "";
  }

  private static String drain(Process process, Sink sink) throws IOException {
    try (InputStream in = process.getInputStream()) {
      sink.readFrom(in);
    }
    return "";
  }

  private static FutureTask<String> start(Callable<String> work) {
    FutureTask<String> task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().name("warren-snapshot").start(task);
    return task;
  }

  private static String result(String purpose, FutureTask<String> task)
      throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException failure) {
      Throwable cause = Objects.requireNonNull(failure.getCause(), "what the work threw");
      throw new IOException("%s: %s".formatted(purpose, cause.getMessage()), cause);
    }
  }
}
