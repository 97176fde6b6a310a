package dev.warren.lab.control;

import dev.warren.lab.Lab;
import dev.warren.lab.plan.Reasons;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The supervisor's own entry in the runtime directory: as long as it is open, the lab runs. */
public final class Registration implements AutoCloseable {
  private final Janitor janitor;
  private final ExecWatch execs;
  private final RunningLab lab;
  private Map<String, List<Set<String>>> parted = Map.of();
  private OptionalLong seed = OptionalLong.empty();

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

  /**
   * Where all running labs of this user are registered. A process of a host that saw it could ask
   * labs, also this one, for anything.
   */
  public Path runtimeDirectory() {
    return Objects.requireNonNull(lab.directory().getParent(), "a lab's folder lies in it");
  }

  /** Tells the others which hosts there are: from now on they can be entered. */
  public synchronized void publish(List<RunningHost> hosts) throws IOException {
    Path folder = lab.directory().resolve("hosts");
    for (RunningHost host : hosts) {
      replace(
          folder.resolve(host.name()),
          // "%d" would ask for the digits of the caller's language, which takes milliseconds.
          "pid=%s%nnetwork=%s%nenter=%s%nown=%s%n%s%s"
              .formatted(
                  host.init().pid(),
                  host.network(),
                  host.isolation().options(host.userNamespace()),
                  host.isolation().user() ? 1 : 0,
                  host.cgroups().stream()
                      .map(cgroup -> "cgroup=" + cgroup + "\n")
                      .collect(Collectors.joining()),
                  host.isolation()
                      .wrapping()
                      .map(wrapping -> "wrapped=" + wrapping + "\n")
                      .orElse("")));
    }
    // For shells that complete names. The root is on every network that has a use for it.
    List<String> networks = hosts.isEmpty() ? List.of() : hosts.getFirst().interfaces();
    replace(lab.directory().resolve("networks"), String.join("\n", networks) + "\n");
    replace(
        lab.directory().resolve("services"),
        hosts.stream()
            .flatMap(
                host ->
                    host.services().keySet().stream()
                        .sorted()
                        .map(service -> host.name() + " " + service + "\n"))
            .collect(Collectors.joining()));
    Set<String> names = hosts.stream().map(RunningHost::name).collect(Collectors.toSet());
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> !names.contains(file.getFileName().toString()))) {
      for (Path gone : files) {
        Files.deleteIfExists(gone);
      }
    }
    write(
        new RunningLab(
            lab.name(), lab.supervisor(), lab.started(), lab.directory(), hosts, parted, seed));
  }

  /**
   * Tells the others how a lab of this JVM is now.
   *
   * @param userNamespace whether this JVM runs in a user namespace that it was started in
   */
  public synchronized void publish(Lab of, boolean userNamespace) throws IOException {
    parted = of.partitions();
    seed = OptionalLong.of(of.seed());
    publish(RunningHosts.of(of, userNamespace));
  }

  /** The PIDs of the {@code warren exec} that run now and end with a signal to them. */
  public Set<Long> execs() {
    return execs.watched();
  }

  static void write(RunningLab lab) throws IOException {
    replace(lab.directory().resolve("lab.json"), Json.of(lab));
  }

  /** A reader sees the old text or the new one, never half of it. */
  static void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName());
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new IOException("write " + file + ": " + Reasons.of(failure), failure);
    }
  }

  /** Removes the entry with all its files. */
  @Override
  public void close() throws IOException {
    try (janitor) {
      execs.close();
    }
  }
}
