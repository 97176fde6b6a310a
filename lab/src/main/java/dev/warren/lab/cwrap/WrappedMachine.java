package dev.warren.lab.cwrap;

import dev.warren.lab.host.Machine;
import dev.warren.lab.host.SocketLook;
import dev.warren.lab.process.HandleTree;
import dev.warren.lab.process.HostCode;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.lab.process.StandardStreams;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A host that cwrap pretends: every process of it has the libraries and the host's variables. */
public final class WrappedMachine implements Machine {
  /** The program comes last, and knows nothing of the shell that was there before. */
  private static final String ENTER =
      "enter=$1 user=$2; shift 2; . \"$enter\"; if [ -n \"$user\" ]; then . \"$user\"; fi; exec \"$@\"";

  private final String name;
  private final HostFolder folder;
  private final Path sockets;
  private final int number;
  private final long warden;
  private final AtomicLong processes = new AtomicLong();

  WrappedMachine(String name, HostFolder folder, Path sockets, int number, long warden) {
    this.name = name;
    this.folder = folder;
    this.sockets = sockets;
    this.number = number;
    this.warden = warden;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long pid() {
    return warden;
  }

  /** What makes a process one of this host. */
  public HostFolder folder() {
    return folder;
  }

  @Override
  public Path logFile(Path file) {
    return folder.log(file);
  }

  @Override
  public SocketLook sockets(List<InetAddress> addresses) {
    return new WrappedSockets(this, sockets, number, addresses);
  }

  @Override
  public HostProcess start(HostCommand command) throws IOException {
    String program = command.arguments().getFirst();
    if (command.terminal().isPresent()) {
      throw CwrapException.needsNamespaces("a terminal for " + program);
    }
    Optional<WrappedUser> user = user(command);
    Map<String, String> environment =
        new HashMap<>(command.environment().of(user.map(WrappedUser::environment)));
    Path found =
        Programs.find(program, environment, command.directory())
            .orElseThrow(
                () ->
                    new IOException(
                        "start %s in host %s: there is no such file".formatted(program, name)));
    Optional<String> refusal = Programs.refusal(found);
    if (refusal.isPresent()) {
      throw new CwrapException("start %s in host %s: %s".formatted(program, name, refusal.get()));
    }
    String mark = folder.mark() + processes.incrementAndGet();
    environment.put(MarkedProcesses.VARIABLE, mark);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        Programs.inOwnSession(
            "sh",
            "-c",
            ENTER,
            "sh",
            folder.enter().toString(),
            user.filter(one -> !one.uid().equals("0"))
                .map(one -> folder.user(one.name()).toString())
                .orElse("")));
    arguments.add(found.toString());
    arguments.addAll(command.arguments().subList(1, command.arguments().size()));
    ProcessBuilder builder = new ProcessBuilder(arguments).directory(command.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    redirect(builder, command.streams());
    Process process;
    try {
      process = builder.start();
    } catch (IOException failure) {
      throw new IOException(
          "start %s in host %s: %s".formatted(program, name, failure.getMessage()), failure);
    }
    return new HostProcess(process, new WrappedControl(process, mark));
  }

  private void redirect(ProcessBuilder builder, StandardStreams streams) throws IOException {
    builder.redirectInput(streams.stdin());
    if (streams.log().isPresent()) {
      Path log = folder.log(streams.log().get());
      Files.createDirectories(Objects.requireNonNull(log.getParent(), "a file's folder"));
      builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
      return;
    }
    builder.redirectOutput(streams.stdout());
    if (streams.errorsMerged()) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(streams.stderr());
    }
  }

  private Optional<WrappedUser> user(HostCommand command) throws IOException {
    if (command.user().isEmpty()) {
      return Optional.empty();
    }
    String wanted = command.user().get();
    String group = read("group");
    return Optional.of(
        read("passwd")
            .lines()
            .flatMap(line -> WrappedUser.parse(line, group).stream())
            .filter(user -> user.name().equals(wanted))
            .findFirst()
            .orElseThrow(
                () -> new IOException("no user \"%s\" in host %s".formatted(wanted, name))));
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.path().resolve(file), StandardCharsets.ISO_8859_1);
  }

  @Override
  public <T, X extends Exception> T call(HostCode<T, X> code) throws X, IOException {
    throw CwrapException.needsNamespaces("Java code inside host " + name);
  }

  @Override
  public <T, X extends Exception> T get(HostCode<T, X> code) throws X, IOException {
    return code.run();
  }

  /** All that runs in it. */
  public HandleTree tree() {
    return HandleTree.of(() -> MarkedProcesses.find(folder.mark()));
  }

  @Override
  public void close() {
    tree().kill();
  }
}
