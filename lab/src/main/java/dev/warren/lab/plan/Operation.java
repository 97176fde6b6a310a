package dev.warren.lab.plan;

import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.NetworkDescription;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One step of making a lab. A plan is a list of them in order; {@link Executor} carries it out and
 * undoes what it did when one fails.
 */
public sealed interface Operation {
  /** The step in one line, for {@code --dry-run} and for errors. */
  String describe();

  /**
   * Makes the mount namespace that all hosts start from: a store in memory, and software over /usr.
   *
   * @param store the folder that the memory is mounted on
   * @param layers folders that hold usr, the topmost first
   */
  record MakeBase(Path store, List<Path> layers) implements Operation {
    @Override
    public String describe() {
      return layers.isEmpty()
          ? "make the mount namespace of the lab"
          : "make the mount namespace of the lab, with " + layers + " over /usr";
    }
  }

  /** A step inside one host, on a thread of it. */
  sealed interface InHost extends Operation {
    /** The name of the host. */
    String host();
  }

  /** Makes a host's namespaces and names it. */
  record MakeHost(String host) implements InHost {
    @Override
    public String describe() {
      return "make the namespaces of host " + host;
    }
  }

  /**
   * Lays the host's own files over /etc.
   *
   * @param layers further /etc folders, the topmost first
   */
  record MountEtc(HostDescription description, List<InetAddress> addresses, List<Path> layers)
      implements InHost {
    @Override
    public String host() {
      return description.name();
    }

    @Override
    public String describe() {
      return "give host " + host() + " an /etc of its own";
    }
  }

  /**
   * Makes places in the host's view of the machine's folders, never in these themselves.
   *
   * @param directories that must exist, to be mounted on
   * @param folders that files will be written to
   */
  record MakeRoom(String host, List<Path> directories, List<Path> folders) implements InHost {
    @Override
    public String describe() {
      String places =
          Stream.concat(directories.stream(), folders.stream())
              .map(Path::toString)
              .collect(Collectors.joining(", "));
      return "make room in host " + host + " for " + places;
    }
  }

  /**
   * Gives a host an empty directory of its own.
   *
   * @param mode its permissions
   */
  record MountPrivate(String host, Path target, int mode) implements InHost {
    @Override
    public String describe() {
      return "give host " + host + " an empty " + target;
    }
  }

  /**
   * Shows a folder in a private directory of a host that is mounted later.
   *
   * @param directory the private directory
   * @param target below it
   * @param readOnly whether the host may only read
   */
  record Share(String host, Path source, Path directory, Path target, boolean readOnly)
      implements InHost {
    @Override
    public String describe() {
      return "show " + source + " in host " + host + " at " + target;
    }
  }

  /** Shows the host's own network devices under /sys, and hides the store of the lab. */
  record FinishMounts(String host, Path store) implements InHost {
    @Override
    public String describe() {
      return "mount /sys in host " + host + " and hide the other hosts' files";
    }
  }

  /** Writes a file of the lab's description. */
  record WriteFile(String host, FileDescription file) implements InHost {
    @Override
    public String describe() {
      return "write " + file.path() + " in host " + host;
    }
  }

  /**
   * Makes a network: a bridge in the lab's root namespace.
   *
   * @param host the root
   * @param index the bridge's interface index
   * @param addresses the root's own on this network, with the length of the prefix
   */
  record CreateNetwork(
      String host, NetworkDescription network, int index, Map<InetAddress, Integer> addresses)
      implements InHost {
    @Override
    public String describe() {
      return "create network " + network.name() + described(addresses);
    }
  }

  /**
   * Lays a cable between a host and a network, and gives the host's end its addresses.
   *
   * @param root the host that has the bridge
   * @param number the interface's number, which names both ends
   * @param bridge the bridge's interface index
   * @param addresses with the length of the prefix
   */
  record Connect(
      String host,
      String root,
      String network,
      int number,
      int bridge,
      Map<InetAddress, Integer> addresses)
      implements InHost {
    @Override
    public String describe() {
      return "connect veth" + number + " of host " + host + " to " + network + described(addresses);
    }
  }

  /** Sets the loopback interface up. */
  record LoopbackUp(String host) implements InHost {
    @Override
    public String describe() {
      return "set loopback of host " + host + " up";
    }
  }

  /** Starts the host's init: from here on it can run processes. */
  record StartInit(String host) implements InHost {
    @Override
    public String describe() {
      return "start init of host " + host;
    }
  }

  /**
   * Lets the lab's DNS service listen in a host.
   *
   * @param address where, on port 53
   */
  record ServeDns(String host, InetAddress address) implements InHost {
    @Override
    public String describe() {
      return "serve DNS in host " + host + " on " + address.getHostAddress();
    }
  }

  private static String described(Map<InetAddress, Integer> addresses) {
    if (addresses.isEmpty()) {
      return "";
    }
    return addresses.entrySet().stream()
        .map(entry -> entry.getKey().getHostAddress() + "/" + entry.getValue())
        .collect(Collectors.joining(" and ", " as ", ""));
  }
}
