package dev.warren.lab.process;

import dev.warren.linux.process.ProcessStat;
import java.time.Duration;
import java.util.List;

/**
 * A process of a host at one moment.
 *
 * @param stat it, as the machine counts PIDs
 * @param hostPid its PID as the host counts; 1 is init
 * @param hostParent the PID of its parent as the host counts; 0 when that is outside of the host
 * @param uid its user, as the lab's user namespace counts
 * @param user that user's name in the host's passwd, or the number where it has none
 * @param resident the memory that it has in RAM, in bytes, what it shares with others included
 * @param command its command line; empty when it took its away, or has ended
 */
public record HostProcessInfo(
    ProcessStat stat,
    long hostPid,
    long hostParent,
    long uid,
    String user,
    long resident,
    List<String> command) {
  /** Copies. */
  public HostProcessInfo {
    command = List.copyOf(command);
  }

  /** Its PID as the machine counts. */
  public long pid() {
    return stat.pid();
  }

  /** The processor time that it has used. */
  public Duration cpu() {
    return stat.cpu();
  }

  /** Whether it is the host's init, which Warren started. */
  public boolean isInit() {
    return hostPid == 1;
  }
}
