package dev.warren.lab.plan;

import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.HostLimits;
import dev.warren.lab.description.IpAddresses;
import java.net.InetAddress;

/** Steps that make a host as a whole. */
public sealed interface HostOperation extends Operation {
  /** The name of the host. */
  String host();

  /** Makes a host's namespaces and names it. */
  record MakeHost(String host, HostIsolation isolation) implements HostOperation {
    @Override
    public String describe() {
      String own =
          isolation.user() && isolation.cgroup()
              ? ", its own for users and control groups too"
              : isolation.user()
                  ? ", its own for users too"
                  : isolation.cgroup() ? ", its own for control groups too" : "";
      return "make the namespaces of host " + host + own;
    }
  }

  /** Limits how much of the machine the host's processes use. */
  record Limit(String host, HostLimits limits) implements HostOperation {
    @Override
    public String describe() {
      return "limit host " + host + " to " + limits;
    }
  }

  /** Starts the host's init: from here on it can run processes. */
  record StartInit(String host) implements HostOperation {
    @Override
    public String describe() {
      return "start init of host " + host;
    }
  }

  /** Ends all processes of a host; its network and files stay. */
  record StopInit(String host) implements HostOperation {
    @Override
    public String describe() {
      return "end all processes of host " + host;
    }

    @Override
    public boolean isLasting() {
      return true;
    }
  }

  /** Ends a host with everything in it, its files too. */
  record RemoveHost(String host) implements HostOperation {
    @Override
    public String describe() {
      return "remove host " + host;
    }

    @Override
    public boolean isLasting() {
      return true;
    }
  }

  /**
   * Lets the lab's DNS service listen in a host.
   *
   * @param address where, on port 53
   */
  record ServeDns(String host, InetAddress address) implements HostOperation {
    @Override
    public String describe() {
      return "serve DNS in host " + host + " on " + IpAddresses.text(address);
    }
  }
}
