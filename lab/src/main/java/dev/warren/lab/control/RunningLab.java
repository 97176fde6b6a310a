package dev.warren.lab.control;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A lab that runs, as its supervisor registered it.
 *
 * @param name its name, unique among the caller's labs
 * @param supervisor the process that keeps it
 * @param started when it was registered
 * @param directory its folder in the runtime directory
 * @param hosts in the order of its description; none while the lab is being made
 */
public record RunningLab(
    String name,
    ProcessIdentity supervisor,
    Instant started,
    Path directory,
    List<RunningHost> hosts) {
  /** Copies the list. */
  public RunningLab {
    hosts = List.copyOf(hosts);
  }

  /** What a detached supervisor writes; there is none for one on a terminal. */
  public Path log() {
    return directory.resolve("log");
  }
}
