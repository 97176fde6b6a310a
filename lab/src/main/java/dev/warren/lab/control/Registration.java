package dev.warren.lab.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;

/** The supervisor's own entry in the runtime directory: as long as it is open, the lab runs. */
public final class Registration implements AutoCloseable {
  private final Janitor janitor;
  private final ExecWatch execs;
  private final RunningLab lab;

  Registration(Janitor janitor, ExecWatch execs, RunningLab lab) {
    this.janitor = janitor;
    this.execs = execs;
    this.lab = lab;
  }

  /** The lab as it was registered, before its hosts were known. */
  public RunningLab lab() {
    return lab;
  }

  /** An empty folder for the lab's own files on the machine, 0700. */
  public Path stateDirectory() {
    return lab.directory().resolve("state");
  }

  /** Tells the others which hosts there are: from now on they can be entered. */
  public void publish(List<RunningHost> hosts) throws IOException {
    for (RunningHost host : hosts) {
      replace(
          lab.directory().resolve("hosts").resolve(host.name()),
          "pid=%d%nnetwork=%s%nuser=%d%n"
              .formatted(host.init().pid(), host.network(), host.userNamespace() ? 1 : 0));
    }
    // For shells that complete names. The root is on every network that has a use for it.
    List<String> networks = hosts.isEmpty() ? List.of() : hosts.getFirst().interfaces();
    replace(lab.directory().resolve("networks"), String.join("\n", networks) + "\n");
    write(new RunningLab(lab.name(), lab.supervisor(), lab.started(), lab.directory(), hosts));
  }

  /** The PIDs of the {@code warren exec} that run now and end with a signal to them. */
  public Set<Long> execs() {
    return execs.watched();
  }

  static void write(RunningLab lab) throws IOException {
    replace(lab.directory().resolve("lab.json"), Json.of(lab));
  }

  /** A reader sees the old text or the new one, never half of it. */
  private static void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName());
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes the entry with all its files. */
  @Override
  public void close() throws IOException {
    try (janitor) {
      execs.close();
    }
  }
}
