package dev.warren.lab.host;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.DescriptorInputStream;
import dev.warren.linux.kernel.DescriptorOutputStream;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.Pipe;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import dev.warren.linux.process.PidFd;
import dev.warren.linux.process.Signal;
import dev.warren.linux.process.SpawnRequest;
import dev.warren.linux.process.Spawner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * A process that has made new namespaces and waits until somebody else holds them: what this JVM,
 * which has several threads, cannot make itself. It runs in a PID namespace of its own, so that it
 * sees nobody, wherever its program came from.
 */
final class Keeper implements AutoCloseable {
  /** It ends with the JVM at the latest: then the pipe closes. */
  private static final List<String> WAIT = List.of("/bin/sh", "-c", "echo ready; read -r end");

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");

  private final Kernel kernel;
  private final long pid;
  private final PidFd process;
  private final Descriptor lifeline;
  private final DescriptorInputStream answer;

  private Keeper(
      Kernel kernel, long pid, PidFd process, Descriptor lifeline, DescriptorInputStream answer) {
    this.kernel = kernel;
    this.pid = pid;
    this.process = process;
    this.lifeline = lifeline;
    this.answer = answer;
  }

  /**
   * Starts one, and returns when it has made its namespaces.
   *
   * @param outside the mount namespace whose programs are trusted
   * @param maker a command that makes them and then becomes the one that follows
   * @param inherited its descriptors 3, 4, ...
   * @throws IOException saying what the command said, and what helps where that is known
   */
  static Keeper start(
      Kernel kernel, Descriptor outside, List<String> maker, List<Integer> inherited)
      throws IOException {
    HostThread.Action alone = () -> new Namespaces(kernel).unshare(EnumSet.of(NamespaceKind.PID));
    return start(kernel, outside, alone, maker, inherited);
  }

  /**
   * Starts one among the processes of a host.
   *
   * @param init the host's
   */
  static Keeper start(Kernel kernel, Descriptor outside, Init init, List<String> maker)
      throws IOException {
    return start(kernel, outside, () -> init.enterPidNamespace(kernel), maker, List.of());
  }

  private static Keeper start(
      Kernel kernel,
      Descriptor outside,
      HostThread.Action among,
      List<String> maker,
      List<Integer> inherited)
      throws IOException {
    List<String> command = new ArrayList<>(maker);
    command.addAll(WAIT);
    Pipe life = Pipe.open(kernel);
    Pipe ready = null;
    long pid;
    try (Descriptor theirEnd = life.reader()) {
      ready = Pipe.open(kernel);
      try (Descriptor theirs = ready.writer()) {
        SpawnRequest request =
            SpawnRequest.of(command, ENVIRONMENT, Path.of("/"), theirEnd, theirs, theirs);
        pid = spawn(kernel, outside, among, request.withInherited(inherited));
      }
    } catch (IOException failure) {
      life.writer().close();
      if (ready != null) {
        ready.reader().close();
      }
      throw failure;
    }
    return adopt(kernel, pid, life.writer(), ready.reader());
  }

  private static long spawn(
      Kernel kernel, Descriptor outside, HostThread.Action among, SpawnRequest request)
      throws IOException {
    try (HostThread thread = HostThread.outside("warren-keeper")) {
      return thread.get(
          () -> {
            new Namespaces(kernel).enter(outside, NamespaceKind.MOUNT);
            among.run();
            return new Spawner(kernel).spawn(request);
          });
    }
  }

  private static Keeper adopt(Kernel kernel, long pid, Descriptor lifeline, Descriptor ready)
      throws IOException {
    PidFd process;
    try {
      process = PidFd.adopt(kernel, pid);
    } catch (IOException failure) {
      lifeline.close();
      ready.close();
      throw failure;
    }
    DescriptorInputStream answer = new DescriptorInputStream(kernel, ready);
    Keeper keeper = new Keeper(kernel, pid, process, lifeline, answer);
    try {
      keeper.awaitReady();
      return keeper;
    } catch (IOException failure) {
      keeper.close();
      throw failure;
    }
  }

  /**
   * A command that waits as a keeper does, and then becomes the one that follows: for {@link
   * #goOn}.
   */
  static List<String> pause() {
    return List.of("/bin/sh", "-c", "echo ready; read -r go && exec \"$@\"", "warren");
  }

  /** Lets it go on after a {@link #pause}, and returns when it waits again. */
  @SuppressWarnings("resource") // closing the stream would close the lifeline
  void goOn() throws IOException {
    new DescriptorOutputStream(kernel, lifeline).write('\n');
    awaitReady();
  }

  private void awaitReady() throws IOException {
    StringBuilder said = new StringBuilder();
    for (int next = answer.read(); next >= 0 && next != '\n'; next = answer.read()) {
      said.append((char) next);
    }
    if (!said.toString().equals("ready")) {
      byte[] rest = answer.readAllBytes();
      throw new IOException(
          explained((said + " " + new String(rest, StandardCharsets.UTF_8)).strip()));
    }
  }

  /** What a program of util-linux says, and what to do about it. */
  static String explained(String said) {
    if (said.contains("No space left on device")) {
      return said
          + " (the limit of namespaces is reached: raise user.max_user_namespaces and the other"
          + " sysctls under /proc/sys/user, or nest less)";
    }
    if (said.contains("Operation not permitted") || said.contains("Permission denied")) {
      return said
          + " (this place forbids a user namespace inside the lab's, as a container's seccomp"
          + " profile or AppArmor does: see `warren doctor`, or leave out `isolation`)";
    }
    return said;
  }

  /** Its PID, as this JVM counts. */
  long pid() {
    return pid;
  }

  /** Opens one of its namespaces; while it is open it lives. */
  Descriptor open(NamespaceKind kind) throws KernelException {
    return new Namespaces(kernel).of(pid, kind);
  }

  @Override
  public void close() {
    lifeline.close();
    answer.close();
    try (process) {
      kill();
      var _ = process.awaitExit();
    } catch (KernelException gone) {
      // It was reaped.
    }
  }

  private void kill() {
    try {
      process.send(Signal.KILL);
    } catch (KernelException refused) {
      // It ends by itself: the pipe is closed.
    }
  }
}
