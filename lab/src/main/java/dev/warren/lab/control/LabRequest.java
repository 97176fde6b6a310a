package dev.warren.lab.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a running lab can be asked to do, through its control socket. As JSON the type is the
 * record's name in small letters with hyphens, and the components are the fields.
 */
public sealed interface LabRequest {
  /**
   * Makes the lab as a file describes it; its name stays.
   *
   * @param file absolute
   * @param dryRun whether the steps are told only
   */
  record Apply(String file, boolean dryRun) implements LabRequest {}

  /**
   * Cuts a link, or all of a host.
   *
   * @param link the interface's name in the host, or the network's; all when there is none
   */
  record CutLink(String host, Optional<String> link) implements LabRequest {}

  /**
   * Mends a link, or all of a host.
   *
   * @param link the interface's name in the host, or the network's; all when there is none
   */
  record MendLink(String host, Optional<String> link) implements LabRequest {}

  /**
   * Makes conditions hold on a link, or on all of a host; what is not said stays as it was.
   *
   * @param link the interface's name in the host, or the network's; all when there is none
   * @param direction {@code to-host} or {@code from-host}; both when there is none
   * @param clear whether nothing stays as it was
   * @param values the keys of a lab file's {@code conditions}, and what is behind them there
   */
  record SetConditions(
      String host,
      Optional<String> link,
      Optional<String> direction,
      boolean clear,
      Map<String, String> values)
      implements LabRequest {}

  /** Parts a network. */
  record Partition(String network, List<Set<String>> groups) implements LabRequest {}

  /** Makes a network whole. */
  record Heal(String network) implements LabRequest {}

  /** Stops all processes of a host. */
  record Freeze(String host) implements LabRequest {}

  /** Lets them go on. */
  record Thaw(String host) implements LabRequest {}

  /** Ends all processes of a host and lets it begin anew. */
  record Reboot(String host) implements LabRequest {}

  /**
   * Stops services of a host and starts them again, and waits until they are ready.
   *
   * @param services their names; all of the host when there is none
   */
  record RestartServices(String host, List<String> services) implements LabRequest {}

  /** The processes of a host, or of all. */
  record Processes(Optional<String> host) implements LabRequest {}

  /** The network interfaces of a host, or of all, as they are now. */
  record Interfaces(Optional<String> host) implements LabRequest {}

  /** What each host uses of the machine. */
  record Usage() implements LabRequest {}

  /**
   * A capture that goes over the connection until the client sends an empty line or goes away.
   * After {@link LabAnswer.Capturing} come pieces of the pcapng file, each after a line with its
   * length in bytes; after a line with 0 and the client's empty line comes {@link
   * LabAnswer.Captured}.
   *
   * @param target as {@code CaptureTarget.find} takes it
   * @param file what events call it
   * @param snapLength how many bytes of each frame are kept at most
   */
  record Capture(String target, String file, int snapLength) implements LabRequest {}

  /**
   * A drawing of the lab as it is now.
   *
   * @param format {@code svg} or {@code mermaid}
   */
  record Draw(String format) implements LabRequest {}

  /**
   * A part of a log in a host.
   *
   * @param log a service's name, or an absolute path as the host sees it
   * @param offset where to begin, in bytes
   */
  record ReadLog(String host, String log, long offset) implements LabRequest {}
}
