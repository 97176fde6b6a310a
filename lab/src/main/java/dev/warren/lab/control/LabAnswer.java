package dev.warren.lab.control;

import dev.warren.lab.description.HostLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a running lab answers to a {@link LabRequest}. */
public sealed interface LabAnswer {
  /**
   * It was done.
   *
   * @param message what, in one line for the user
   */
  record Done(String message) implements LabAnswer {}

  /**
   * It was refused, or failed.
   *
   * @param message for the user
   * @param badInput whether the user wrote something wrong
   */
  record Failure(String message, boolean badInput) implements LabAnswer {}

  /** A capture has begun, and its file follows. */
  record Capturing() implements LabAnswer {}

  /**
   * A capture has ended.
   *
   * @param packets that it kept
   * @param dropped packets that came too fast
   */
  record Captured(long packets, long dropped) implements LabAnswer {}

  /** A text of several lines, as it is to be written. */
  record Text(String text) implements LabAnswer {}

  /** The steps that were taken, or would be. */
  record Steps(List<Step> steps) implements LabAnswer {}

  /**
   * A step of a change.
   *
   * @param lasting whether it cannot be taken back
   */
  record Step(String text, boolean lasting) {}

  /** Processes, host by host. */
  record ProcessList(List<ProcessState> processes) implements LabAnswer {}

  /**
   * A process of a host.
   *
   * @param hostPid its PID inside
   * @param pid its PID as the machine counts
   * @param state the letter that ps shows
   * @param cpuMillis the processor time that it has used
   * @param memory in RAM, in bytes
   */
  record ProcessState(
      String host,
      long hostPid,
      long pid,
      String user,
      String state,
      long cpuMillis,
      long memory,
      List<String> command) {}

  /** Network interfaces, host by host. */
  record InterfaceList(List<InterfaceState> interfaces) implements LabAnswer {}

  /**
   * A network interface of a host.
   *
   * @param network that it leads to; none for what is not of the lab's description
   * @param addresses with the lengths of their prefixes
   * @param cut whether its link is cut; the root's have none
   */
  record InterfaceState(
      String host,
      String name,
      Optional<String> network,
      Optional<String> mac,
      int mtu,
      List<String> addresses,
      boolean up,
      boolean carrier,
      boolean cut) {}

  /**
   * What the hosts use.
   *
   * @param nanos when, on the supervisor's own clock
   */
  record UsageList(long nanos, List<HostState> hosts) implements LabAnswer {}

  /**
   * What a host uses.
   *
   * @param cpuMillis the processor time of those processes that run now
   * @param memory in RAM, in bytes
   * @param limits how much it may use
   * @param traffic by the interface's name
   */
  record HostState(
      String host,
      int processes,
      long cpuMillis,
      long memory,
      HostLimits limits,
      Map<String, Traffic> traffic) {}

  /** What an interface received and sent since it was made, in bytes. */
  record Traffic(long received, long sent) {}

  /**
   * A part of a file.
   *
   * @param text ISO 8859-1: every byte is a character
   * @param next where the next part begins
   */
  record FilePart(String text, long next) implements LabAnswer {}
}
