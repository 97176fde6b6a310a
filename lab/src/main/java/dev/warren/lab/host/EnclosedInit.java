package dev.warren.lab.host;

import dev.warren.lab.cgroup.Cgroup;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.DescriptorInputStream;
import dev.warren.linux.kernel.DescriptorOutputStream;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.Pipe;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import dev.warren.linux.process.PidFd;
import dev.warren.linux.process.SpawnRequest;
import dev.warren.linux.process.Spawner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts the init of a host with a user namespace of its own, which is to own the PID namespace
 * too:
 *
 * <pre>
 *   JVM ── parent (sh)   inside the user namespace, outside of the host's PIDs and files
 *            └─ 1 init   first there too, until it is told which files are the host's
 * </pre>
 *
 * The host's files are made in a mount namespace of the lab's. The host gets a copy that its user
 * namespace owns: there the kernel locks all that is mounted, so that the host's root can mount
 * what it likes, and can take away nothing that hides something.
 */
final class EnclosedInit {
  /** The shell's children are born into the PID namespace that unshare made. */
  private static final String PARENT =
      """
      exec 3<&0 </dev/null
      /bin/sh -c "$1" init "$2" <&3 3<&- &
      exec 3<&- >/dev/null 2>&1
      wait
      """;

  /** The PID as the JVM counts is that of /proc: this is not the host's yet. */
  private static final String CHILD =
      """
      read -r pid rest </proc/self/stat && echo "$pid"
      read -r files && exec nsenter --mount="$files" -- /bin/sh -c "$1"
      """;

  private static final String MOUNT_PROC_AND_GO_ON = Init.MOUNT_PROC + "exec \"$@\"";

  private final Kernel kernel;
  private final HostNamespaces namespaces;
  private final Enclosure enclosure;
  private final String host;

  EnclosedInit(Kernel kernel, HostNamespaces namespaces, Enclosure enclosure, String host) {
    this.kernel = kernel;
    this.namespaces = namespaces;
    this.enclosure = enclosure;
    this.host = host;
  }

  /**
   * Starts it, and returns when the host can be used.
   *
   * @param sealed whether an init ran before, so that the host has its files already
   * @param cgroup what limits it with all that it starts
   */
  Init start(boolean sealed, Optional<Cgroup> cgroup) throws IOException {
    Pipe life = Pipe.open(kernel);
    try (Descriptor theirEnd = life.reader()) {
      Pipe ready = Pipe.open(kernel);
      long parent;
      try (Descriptor theirs = ready.writer()) {
        parent = spawn(sealed, cgroup, theirEnd, theirs);
      } catch (IOException failure) {
        ready.reader().close();
        throw failure;
      }
      return adopt(parent, sealed, life.writer(), ready.reader());
    } catch (IOException failure) {
      life.writer().close();
      throw failure;
    }
  }

  private long spawn(boolean sealed, Optional<Cgroup> cgroup, Descriptor in, Descriptor out)
      throws IOException {
    Map<NamespaceKind, Descriptor> others = new EnumMap<>(NamespaceKind.class);
    for (NamespaceKind kind :
        List.of(NamespaceKind.NET, NamespaceKind.UTS, NamespaceKind.IPC, NamespaceKind.CGROUP)) {
      if (namespaces.has(kind)) {
        others.put(kind, namespaces.file(kind));
      }
    }
    List<String> command = new ArrayList<>(enclosure.nsenter(others));
    command.addAll(List.of("unshare", "--pid", "--", "/bin/sh", "-c", PARENT, "warren"));
    command.addAll(List.of(CHILD, sealed ? Init.MOUNT_PROC + Init.LIVE : Init.LIVE));
    List<String> limited = cgroup.map(one -> one.command(command)).orElse(command);
    SpawnRequest request =
        SpawnRequest.of(limited, Init.ENVIRONMENT, Path.of("/"), in, out, out)
            .withInherited(cgroup.map(Cgroup::doors).orElse(List.of()));
    try (HostThread thread = HostThread.outside("warren-init-" + host)) {
      return thread.get(
          () -> {
            new Namespaces(kernel).enter(enclosure.outside(), NamespaceKind.MOUNT);
            return new Spawner(kernel).spawn(request);
          });
    }
  }

  private Init adopt(long parent, boolean sealed, Descriptor lifeline, Descriptor ready)
      throws IOException {
    try (BufferedReader answer =
        new BufferedReader(
            new InputStreamReader(
                new DescriptorInputStream(kernel, ready), StandardCharsets.UTF_8))) {
      PidFd child = PidFd.adopt(kernel, parent);
      Optional<PidFd> init = Optional.empty();
      try {
        String first = Optional.ofNullable(answer.readLine()).orElse("");
        if (!first.matches("[0-9]+")) {
          throw failed(first, answer);
        }
        long pid = Long.parseLong(first);
        init = Optional.of(PidFd.open(kernel, pid));
        Descriptor pidNamespace = new Namespaces(kernel).of(pid, NamespaceKind.PID);
        Init started =
            new Init(kernel, pid, init.get(), lifeline, pidNamespace, Optional.of(child));
        try (Keeper files = files(started, sealed)) {
          tell(lifeline, "/proc/" + files.pid() + "/ns/mnt\n");
          String second = Optional.ofNullable(answer.readLine()).orElse("");
          if (!second.equals("ready")) {
            throw failed(second, answer);
          }
        } catch (IOException failure) {
          pidNamespace.close();
          throw failure;
        }
        return started;
      } catch (IOException failure) {
        lifeline.close();
        Init.end(kernel, init.orElse(child), Optional.of(child));
        throw failure;
      }
    }
  }

  private IOException failed(String said, BufferedReader answer) throws IOException {
    StringBuilder all = new StringBuilder(said);
    answer.lines().forEach(line -> all.append(' ').append(line));
    return new IOException(
        "start init of host " + host + ": " + Keeper.explained(all.toString().strip()));
  }

  /** Not by a stream: closing that would close the lifeline. */
  @SuppressWarnings("resource")
  private void tell(Descriptor lifeline, String line) throws IOException {
    OutputStream out = new DescriptorOutputStream(kernel, lifeline);
    out.write(line.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** A process with the host's files, which init takes them over from. */
  private Keeper files(Init init, boolean sealed) throws IOException {
    Map<NamespaceKind, Descriptor> inside = new EnumMap<>(NamespaceKind.class);
    for (NamespaceKind kind :
        List.of(NamespaceKind.NET, NamespaceKind.UTS, NamespaceKind.IPC, NamespaceKind.MOUNT)) {
      inside.put(kind, namespaces.file(kind));
    }
    if (sealed) {
      return Keeper.start(kernel, enclosure.outside(), enclosure.nsenter(inside), List.of());
    }
    mountProc(init);
    List<String> copy = new ArrayList<>(enclosure.nsenter(inside));
    copy.addAll(List.of("unshare", "--mount", "--"));
    Keeper keeper = Keeper.start(kernel, enclosure.outside(), copy, List.of());
    try {
      namespaces.put(NamespaceKind.MOUNT, keeper.open(NamespaceKind.MOUNT));
      return keeper;
    } catch (IOException failure) {
      keeper.close();
      throw failure;
    }
  }

  /**
   * Before the files are the host's: what the host mounts itself it can take away again, and see
   * the machine's. Only a process of the host can mount it, and none is to have the lab's powers
   * among programs that may be the host's. So one mounts it elsewhere, and it is moved.
   */
  private void mountProc(Init init) throws IOException {
    List<String> maker =
        List.of("unshare", "--mount", "--", "/bin/sh", "-c", MOUNT_PROC_AND_GO_ON, "warren");
    try (Keeper keeper = Keeper.start(kernel, enclosure.outside(), init, maker);
        Descriptor elsewhere = keeper.open(NamespaceKind.MOUNT);
        HostThread thread = HostThread.outside("warren-proc-" + host)) {
      thread.run(
          () -> {
            Namespaces all = new Namespaces(kernel);
            Mounts mounts = new Mounts(kernel);
            all.enter(elsewhere, NamespaceKind.MOUNT);
            Optional<Descriptor> fresh = copyWhole(mounts, Path.of("/proc"));
            if (fresh.isPresent()) {
              try (Descriptor proc = fresh.get()) {
                all.enter(namespaces.file(NamespaceKind.MOUNT), NamespaceKind.MOUNT);
                mounts.attach(proc, Path.of("/proc"));
              }
            }
          });
    }
  }

  /**
   * Copies a mount; empty where the kernel refuses it because parts are hidden below others: then
   * it is a container's, which keeps a fresh one from us.
   */
  private static Optional<Descriptor> copyWhole(Mounts mounts, Path place) throws KernelException {
    try {
      return Optional.of(mounts.copy(place));
    } catch (KernelException refused) {
      if (!refused.is(Errno.EINVAL)) {
        throw refused;
      }
      return Optional.empty();
    }
  }
}
