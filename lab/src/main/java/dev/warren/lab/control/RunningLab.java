package dev.warren.lab.control;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A lab that runs, as its supervisor registered it.
 *
 * @param name its name, unique among the caller's labs
 * @param supervisor the process that keeps it
 * @param started when it was registered
 * @param directory its folder in the runtime directory
 * @param hosts in the order of its description; none while the lab is being made
 * @param partitions the networks that are parted, and the groups of hosts
 * @param seed what all chance in it comes from; not known while the lab is being made
 */
public record RunningLab(
    String name,
    ProcessIdentity supervisor,
    Instant started,
    Path directory,
    List<RunningHost> hosts,
    Map<String, List<Set<String>>> partitions,
    OptionalLong seed) {
  /** Copies the list. */
  public RunningLab {
    hosts = List.copyOf(hosts);
    partitions = Map.copyOf(partitions);
  }

  /** A lab whose networks are whole. */
  public RunningLab(
      String name,
      ProcessIdentity supervisor,
      Instant started,
      Path directory,
      List<RunningHost> hosts) {
    this(name, supervisor, started, directory, hosts, Map.of(), OptionalLong.empty());
  }

  /** What happened in it, see {@link dev.warren.lab.event.EventLog}. */
  public Path events() {
    return directory.resolve("events.jsonl");
  }

  /** What a detached supervisor writes; there is none for one on a terminal. */
  public Path log() {
    return directory.resolve("log");
  }
}
