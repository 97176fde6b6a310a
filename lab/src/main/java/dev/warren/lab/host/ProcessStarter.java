package dev.warren.lab.host;

import dev.warren.lab.cgroup.Cgroup;
import dev.warren.lab.process.HostCode;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.lab.process.ProcessEnvironment;
import dev.warren.linux.idmap.IdMap;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.process.PidFd;
import dev.warren.linux.process.SpawnRequest;
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
  private final Machine host;
  private final Kernel kernel;

  ProcessStarter(Machine host) {
    this.host = host;
    this.kernel = host.kernel();
  }

  HostProcess start(HostCommand command) throws IOException {
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
    // Asked from out here: in the host's /proc this JVM is not.
    IdMap users = IdMap.ofUsers(host.init().pid());
    IdMap groups = IdMap.ofGroups(host.init().pid());
    return inside(
        () -> {
          found.requireMapped(host.name(), users, groups);
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
    try (HostThread thread = thread();
        Streams streams = Streams.open(kernel, command.streams(), log(command, thread))) {
      boolean session = command.streams().stdin().type() != Redirect.Type.INHERIT;
      long pid =
          thread.get(
              () -> {
                host.init().enterPidNamespace(kernel);
                return spawn(
                    command,
                    user,
                    streams.stdin(),
                    streams.stdout(),
                    streams.stderr(),
                    session,
                    Optional.empty());
              });
      return new HostProcess(
          pid,
          PidFd.adopt(kernel, pid),
          streams.toChild(),
          streams.fromChild(),
          streams.errorsFromChild(),
          Optional.empty());
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
    try (HostThread thread = thread()) {
      Terminal terminal = thread.get(() -> Terminal.open(kernel, size.rows(), size.columns()));
      try {
        long pid =
            thread.get(
                () -> {
                  hand(terminal, user);
                  host.init().enterPidNamespace(kernel);
                  Optional<Path> path = Optional.of(terminal.path());
                  return spawn(command, user, 0, 1, 2, true, path);
                });
        PidFd watch = PidFd.adopt(kernel, pid);
        return new HostProcess(
            pid,
            watch,
            terminal.output(),
            terminal.input(),
            InputStream.nullInputStream(),
            Optional.of(terminal));
      } catch (IOException | RuntimeException failure) {
        terminal.close();
        throw failure;
      }
    }
  }

  /** As login(1) does it, so that the user can open it by its name. */
  private static void hand(Terminal terminal, Optional<UserIdentity> user) throws IOException {
    if (user.isPresent() && !user.get().isRoot()) {
      Files.setAttribute(terminal.path(), "unix:uid", (int) user.get().uid());
    }
  }

  private long spawn(
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
    if (cgroup.isPresent()) {
      arguments = cgroup.get().command(found(arguments, environment, command.directory()));
    }
    return new Spawner(kernel)
        .spawn(
            new SpawnRequest(
                arguments,
                environment,
                command.directory(),
                stdin,
                stdout,
                stderr,
                cgroup.map(Cgroup::doors).orElse(List.of()),
                session,
                terminal));
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
