package dev.warren.lab.service;

import dev.warren.lab.description.Condition;
import dev.warren.lab.host.Machine;
import dev.warren.lab.host.SocketLook;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.lab.process.LabThreads;
import dev.warren.lab.process.ProcessTree;
import dev.warren.lab.process.StandardStreams;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Looks whether the conditions of a service hold, inside its host. */
final class Probes {
  /** The most of a command's output that is told. */
  private static final int MOST_OUTPUT = 500;

  private final Machine host;
  private final HostCommand command;
  private final SocketLook sockets;
  private final ServiceLog log;

  /** Where the log of this run begins. */
  private final long logStart;

  /**
   * Probes of one run of a service.
   *
   * @param command the service's own: probes run as it does
   * @param addresses the host's own
   */
  Probes(
      Machine host,
      HostCommand command,
      List<InetAddress> addresses,
      ServiceLog log,
      long logStart) {
    this.host = host;
    this.command = command;
    this.sockets = host.sockets(addresses);
    this.log = log;
    this.logStart = logStart;
  }

  /**
   * What keeps a condition from being met.
   *
   * @param left how long this may take
   * @return which condition, and why; empty when it is met
   */
  Optional<String> unmet(Condition condition, Duration left)
      throws IOException, InterruptedException {
    return switch (condition) {
      case Condition.AllOf all -> {
        List<String> unmet = unmet(all.conditions(), left);
        yield unmet.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", unmet));
      }
      case Condition.AnyOf any -> {
        List<String> unmet = unmet(any.conditions(), left);
        yield unmet.size() < any.conditions().size()
            ? Optional.empty()
            : Optional.of(String.join("; nor ", unmet));
      }
      case Condition.Command ask -> told(ask, run(ask, left));
      case Condition.Udp udp -> told(udp, sockets.udp(udp.port()));
      case Condition.Tcp tcp -> told(tcp, sockets.tcp(tcp.port()));
      case Condition.Http http -> told(http, sockets.http(http.port(), http.path(), http.status()));
      default -> told(condition, host.get(() -> lookHere(condition)));
    };
  }

  private List<String> unmet(List<Condition> conditions, Duration left)
      throws IOException, InterruptedException {
    List<String> unmet = new ArrayList<>();
    for (Condition condition : conditions) {
      unmet(condition, left).ifPresent(unmet::add);
    }
    return unmet;
  }

  private static Optional<String> told(Condition condition, Optional<String> reason) {
    return reason.map(why -> condition.describe() + ": " + why);
  }

  private Optional<String> lookHere(Condition condition) throws IOException {
    return switch (condition) {
      case Condition.UnixSocket unix -> unix(unix.path());
      case Condition.FileExists file ->
          Files.exists(file.path()) ? Optional.empty() : Optional.of("there is none");
      case Condition.LogLine line ->
          log.hasLineHere(logStart, Pattern.compile(line.regex()))
              ? Optional.empty()
              : Optional.of("no such line yet");
      case Condition.Udp _,
          Condition.Tcp _,
          Condition.Http _,
          Condition.Command _,
          Condition.AllOf _,
          Condition.AnyOf _ ->
          throw new IllegalArgumentException("not looked at here: " + condition);
    };
  }

  private static Optional<String> unix(Path path) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return channel.isConnected() ? Optional.empty() : Optional.of("not connected");
    } catch (IOException failure) {
      String message = failure.getMessage();
      return Optional.of(message == null ? failure.toString() : message);
    }
  }

  private Optional<String> run(Condition.Command ask, Duration left)
      throws IOException, InterruptedException {
    HostCommand probe =
        command
            .arguments(ask.arguments())
            .streams(StandardStreams.PIPES)
            .stdin(Redirect.from(new java.io.File("/dev/null")))
            .mergeErrors();
    HostProcess process = host.start(probe);
    // On a thread of its own, outside: what the command leaves behind may keep the pipe open.
    Output output = new Output(process.getInputStream());
    try {
      Thread reader = output.onItsOwnThread();
      if (!process.waitFor(left.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.of("does not end" + output.said());
      }
      if (process.exitValue() == 0) {
        return Optional.empty();
      }
      reader.join(Duration.ofMillis(100));
      return Optional.of("exit code " + process.exitValue() + output.said());
    } finally {
      ProcessTree.end(process);
    }
  }

  /** Reads the beginning of what a command says, and the rest away. */
  private static final class Output implements Runnable {
    private final InputStream stream;
    private final StringBuilder text = new StringBuilder();

    Output(InputStream stream) {
      this.stream = stream;
    }

    Thread onItsOwnThread() throws IOException {
      try {
        return LabThreads.start("warren-probe", this);
      } catch (IOException tooMany) {
        stream.close();
        throw tooMany;
      }
    }

    @Override
    public void run() {
      try (stream) {
        byte[] bytes = new byte[MOST_OUTPUT];
        for (int count = stream.read(bytes); count >= 0; count = stream.read(bytes)) {
          add(new String(bytes, 0, count, StandardCharsets.UTF_8));
        }
      } catch (IOException gone) {
        // What was read is all there is.
      }
    }

    private synchronized void add(String more) {
      if (text.length() < MOST_OUTPUT) {
        text.append(more);
      }
    }

    /** In one line, after a comma. */
    synchronized String said() {
      String words = text.toString().strip().replaceAll("\\s*\\R\\s*", " / ");
      return words.isEmpty() ? "" : ", saying: " + words;
    }
  }
}
