package dev.warren.lab.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Something that happened in a lab. In the log the type is the name of the record in small letters
 * with hyphens ({@code link-cut}), and its components are the fields; {@code docs/events.md} lists
 * them.
 */
public sealed interface Event {
  /**
   * A host runs: it was made, or made anew.
   *
   * @param pid its init's, as the machine counts
   */
  record HostUp(String host, long pid) implements Event {}

  /** A host was removed, or the lab ends. */
  record HostGone(String host) implements Event {}

  /** All processes of a host were stopped. */
  record HostFrozen(String host, int processes) implements Event {}

  /** They go on. */
  record HostThawed(String host, int processes) implements Event {}

  /**
   * All processes of a host were ended; it began anew, with its files.
   *
   * @param pid its new init's, as the machine counts
   */
  record HostRebooted(String host, long pid) implements Event {}

  /** A link was cut. */
  record LinkCut(String host, String link, String network) implements Event {}

  /** A link that was cut is whole. */
  record LinkMended(String host, String link, String network) implements Event {}

  /** A network was parted into groups of hosts; all others stay together. */
  record NetworkParted(String network, List<Set<String>> groups) implements Event {}

  /** A network is whole again. */
  record NetworkHealed(String network) implements Event {}

  /**
   * What happens to the packets of a link was changed.
   *
   * @param conditions in words
   */
  record ConditionsChanged(String host, String link, String conditions) implements Event {}

  /**
   * A service of a host is in another state.
   *
   * @param state {@code started}, {@code ready}, {@code failed}, {@code ended} or {@code stopped}
   * @param code its exit code, where it ended
   * @param reason why, where there is one to tell
   */
  record ServiceChanged(
      String host, String service, String state, OptionalInt code, Optional<String> reason)
      implements Event {}

  /**
   * A process was started through the lab's Java API.
   *
   * @param pid as the machine counts
   */
  record ProcessStarted(String host, long pid, List<String> command) implements Event {}

  /**
   * Such a process ended.
   *
   * @param code 128 and the signal's number when a signal killed it
   */
  record ProcessEnded(String host, long pid, int code) implements Event {}

  /**
   * A capture begins.
   *
   * @param of the link or network
   */
  record CaptureStarted(String of, String file) implements Event {}

  /** A capture ends. */
  record CaptureEnded(String of, String file, long packets) implements Event {}

  /** The lab was changed, by these steps. */
  record ChangeApplied(List<String> steps) implements Event {}
}
