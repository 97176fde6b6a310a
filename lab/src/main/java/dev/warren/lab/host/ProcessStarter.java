package dev.warren.lab.host;

import dev.warren.lab.cgroup.Cgroup;
import dev.warren.lab.process.HostCode;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.lab.process.ProcessEnvironment;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import dev.warren.linux.process.PidFd;
import dev.warren.linux.process.SpawnRequest;
import dev.warren.linux.process.SpawnedProcess;
import dev.warren.linux.process.Spawner;
import dev.warren.linux.process.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Starts processes in a host. The thread that does it ends at once: having entered the PID
 * namespace it could start no other thread.
 */
final class ProcessStarter {
  private static final long OURSELVES = ProcessHandle.current().pid();

  private final NamespaceMachine host;
  private final Kernel kernel;

  ProcessStarter(NamespaceMachine host) {
    this.host = host;
    this.kernel = host.kernel();
  }

  HostProcess start(HostCommand command) throws IOException {
    try {
      return begin(command);
    } catch (KernelException failure) {
      throw failure.during("start " + name(command));
    }
  }

  /** The process as errors call it. */
  private String name(HostCommand command) {
    return command.arguments().getFirst() + " in host " + host.name();
  }

  private HostProcess begin(HostCommand command) throws IOException {
    Optional<UserIdentity> user =
        command.user().isPresent() ? Optional.of(user(command.user().get())) : Optional.empty();
    return command.terminal().isPresent()
        ? onTerminal(command, user, command.terminal().get())
        : onStreams(command, user);
  }

  /** Who it is: the host's files know most, its other sources (nsswitch.conf(5)) the rest. */
  private UserIdentity user(String name) throws IOException {
    Optional<UserIdentity> user = inside(() -> UserIdentity.find(name));
    if (user.isEmpty()) {
      user = askSources(name);
    }
    UserIdentity found =
        user.orElseThrow(() -> new IOException("no user \"" + name + "\" in host " + host.name()));
    return inside(
        () -> {
          found.requireMapped(host.name(), host.namespaces().ids());
          return found;
        });
  }

  private Optional<UserIdentity> askSources(String name) throws IOException {
    HostProcess getent = start(HostCommand.of("getent", "passwd", name).stderr(Redirect.DISCARD));
    getent.getOutputStream().close();
    try (InputStream answer = getent.getInputStream()) {
      return UserIdentity.parse(new String(answer.readAllBytes(), EtcFiles.CHARSET));
    }
  }

  private <T> T inside(HostCode<T, IOException> code) throws IOException {
    try (HostThread thread =
        HostThread.inside("warren-user-" + host.name(), host.namespaces(), kernel)) {
      return thread.get(code);
    }
  }

  private HostProcess onStreams(HostCommand command, Optional<UserIdentity> user)
      throws IOException {
    try (HostThread inside = thread();
        Streams streams =
            Streams.open(kernel, name(command), command.streams(), log(command, inside))) {
      SpawnRequest request =
          inside.get(
              () ->
                  request(
                      command,
                      user,
                      streams.stdin(),
                      streams.stdout(),
                      streams.stderr(),
                      command.streams().stdin().type() != Redirect.Type.INHERIT,
                      Optional.empty()));
      long pid = spawn(request, inside);
      SpawnedProcess process =
          new SpawnedProcess(
              pid,
              PidFd.adopt(kernel, pid),
              streams.toChild(),
              streams.fromChild(),
              streams.errorsFromChild());
      streams.take();
      return new HostProcess(process, new SpawnedControl(process, Optional.empty()));
    }
  }

  /** Opened inside; everybody on the host may read it. */
  private Optional<Descriptor> log(HostCommand command, HostThread thread) throws IOException {
    Optional<Path> wanted = command.streams().log();
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Path file = wanted.get();
    int flags = Descriptor.O_WRONLY | Descriptor.O_CREAT | Descriptor.O_APPEND;
    return Optional.of(
        thread.get(
            () -> {
              boolean isNew = !Files.exists(file);
              Files.createDirectories(Objects.requireNonNull(file.getParent(), "a file's folder"));
              Descriptor log = Descriptor.open(kernel, file, flags);
              if (isNew) {
                Files.setAttribute(file, "unix:mode", 0644);
              }
              return log;
            }));
  }

  private HostProcess onTerminal(
      HostCommand command, Optional<UserIdentity> user, HostCommand.TerminalSize size)
      throws IOException {
    try (HostThread inside = thread()) {
      Terminal terminal = inside.get(() -> Terminal.open(kernel, size.rows(), size.columns()));
      try {
        inside.run(() -> hand(terminal, user));
        long pid;
        try (Descriptor slave = inside.get(() -> slave(terminal))) {
          // Who is outside of the host's files finds it there, and opens it as the host's.
          Path path =
              enclosure().isPresent()
                  ? Path.of("/proc/%d/fd/%d".formatted(OURSELVES, slave.number()))
                  : terminal.path();
          pid =
              spawn(
                  inside.get(() -> request(command, user, 0, 1, 2, true, Optional.of(path))),
                  inside);
        }
        PidFd watch = PidFd.adopt(kernel, pid);
        SpawnedProcess process =
            new SpawnedProcess(
                pid, watch, terminal.output(), terminal.input(), InputStream.nullInputStream());
        return new HostProcess(process, new SpawnedControl(process, Optional.of(terminal)));
      } catch (IOException | RuntimeException failure) {
        terminal.close();
        throw failure;
      }
    }
  }

  private Descriptor slave(Terminal terminal) throws IOException {
    return Descriptor.open(kernel, terminal.path(), Descriptor.O_RDWR | Descriptor.O_NOCTTY);
  }

  /** As login(1) does it, so that the user can open it by its name. */
  private void hand(Terminal terminal, Optional<UserIdentity> user) throws IOException {
    if (user.isPresent() && !user.get().isRoot()) {
      int owner = host.namespaces().ids().uid(user.get().uid()).orElseThrow();
      Files.setAttribute(terminal.path(), "unix:uid", owner);
    }
  }

  private Optional<Enclosure> enclosure() {
    return host.namespaces().enclosure();
  }

  /** What is to be started; for a thread inside. */
  private SpawnRequest request(
      HostCommand command,
      Optional<UserIdentity> user,
      int stdin,
      int stdout,
      int stderr,
      boolean session,
      Optional<Path> terminal)
      throws IOException {
    Map<String, String> environment = command.environment().of(user.map(UserIdentity::environment));
    List<String> arguments =
        user.isPresent() && !user.get().isRoot()
            ? asUser(command, environment, user.get())
            : command.arguments();
    Optional<Cgroup> cgroup = host.cgroup();
    Path directory = command.directory();
    if (enclosure().isPresent()) {
      // For the error alone: it keeps the name that it is called by.
      var _ = found(arguments, environment, directory);
      Entrance entrance = Entrance.into(host.namespaces(), arguments, environment, directory);
      arguments = entrance.command();
      environment = entrance.environment();
      directory = Path.of("/");
      arguments = cgroup.isPresent() ? cgroup.get().command(arguments) : arguments;
    } else if (cgroup.isPresent()) {
      arguments = cgroup.get().command(found(arguments, environment, directory));
    }
    return new SpawnRequest(
        arguments,
        environment,
        directory,
        stdin,
        stdout,
        stderr,
        cgroup.map(Cgroup::doors).orElse(List.of()),
        session,
        terminal);
  }

  /** By the thread inside, or, as nobody's program but the machine's may go in, by one outside. */
  private long spawn(SpawnRequest request, HostThread inside) throws IOException {
    if (enclosure().isEmpty()) {
      return inside.get(() -> born(request));
    }
    try (HostThread outside = HostThread.outside("warren-spawn-" + host.name())) {
      return outside.get(
          () -> {
            new Namespaces(kernel).enter(enclosure().get().outside(), NamespaceKind.MOUNT);
            return born(request);
          });
    }
  }

  private long born(SpawnRequest request) throws IOException {
    host.init().enterPidNamespace(kernel);
    return new Spawner(kernel).spawn(request);
  }

  private static List<String> asUser(
      HostCommand command, Map<String, String> environment, UserIdentity user) throws IOException {
    List<String> arguments = found(command.arguments(), environment, command.directory());
    Path setpriv = Spawner.find("setpriv", ProcessEnvironment.DEFAULT, Path.of("/"));
    return user.command(setpriv, arguments);
  }

  /**
   * The command with the program's path. It is looked for here: what another program, which is to
   * become it, does not find would be no error of the start.
   */
  private static List<String> found(
      List<String> command, Map<String, String> environment, Path directory) throws IOException {
    String name = command.getFirst();
    Path program = Spawner.find(name, environment, directory);
    if (!Files.exists(directory.resolve(program))) {
      throw new IOException("start " + name + ": there is no such file");
    }
    List<String> arguments = new ArrayList<>(command);
    arguments.set(0, program.toString());
    return arguments;
  }

  private HostThread thread() throws IOException {
    return HostThread.inside("warren-spawn-" + host.name(), host.namespaces(), kernel);
  }
}
