package dev.warren.selftest.report;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this machine is called. */
public final class MachineName {
  private MachineName() {}

  /** The name; {@code localhost} where it has none that it knows itself. */
  public static String get() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
