package dev.warren.lab.service;

import dev.warren.lab.description.ServiceName;
import java.time.Duration;

/** Something that happened to a service. */
public sealed interface ServiceEvent {
  /** Which service. */
  ServiceName service();

  /**
   * Its process was started.
   *
   * @param pid its process, as the machine counts
   */
  record Started(ServiceName service, long pid) implements ServiceEvent {}

  /**
   * It became ready.
   *
   * @param after how long after its process was started
   */
  record Ready(ServiceName service, Duration after) implements ServiceEvent {}

  /**
   * Its process has ended.
   *
   * @param code its exit code; 128 and the signal's number when a signal killed it
   */
  record Ended(ServiceName service, int code) implements ServiceEvent {}

  /**
   * It will be started again.
   *
   * @param count how often in a row, this time included
   * @param delay when
   */
  record Restarting(ServiceName service, int count, Duration delay) implements ServiceEvent {}

  /**
   * It does not run, and nobody wanted that.
   *
   * @param reason in one line
   */
  record Failed(ServiceName service, String reason) implements ServiceEvent {}

  /** It was stopped. */
  record Stopped(ServiceName service) implements ServiceEvent {}
}
