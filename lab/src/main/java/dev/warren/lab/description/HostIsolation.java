package dev.warren.lab.description;

/**
 * What of the kernel a host has for itself besides what every host has: net, mount, UTS, IPC, PID.
 */
public record HostIsolation() {

  /** Nothing more. */
  public static final HostIsolation NONE = new HostIsolation();
}
