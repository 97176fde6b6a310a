package dev.warren.lab.plan;

import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.PrivateDirectory;
import dev.warren.lab.description.UserDescription;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Steps that give a host files of its own, on a thread inside it. */
public sealed interface FileOperation extends Operation {
  /** The name of the host. */
  String host();

  /**
   * Lays the packages that only this host has over its /usr.
   *
   * @param packages their names; at least one
   * @param labLayers what the lab has laid over /usr, the topmost first
   */
  record LayPackages(String host, List<String> packages, List<Path> labLayers)
      implements FileOperation {
    @Override
    public String describe() {
      return "lay packages over /usr of host " + host + ": " + String.join(", ", packages);
    }
  }

  /**
   * Lays the host's own files over /etc, and the configuration of its packages under them.
   *
   * @param layers further /etc folders, the topmost first
   */
  record MountEtc(HostDescription description, List<InetAddress> addresses, List<Path> layers)
      implements FileOperation {
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
  record MakeRoom(String host, List<Path> directories, List<Path> folders)
      implements FileOperation {
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
   * Gives a host a root file system of its own, out of a folder of the machine.
   *
   * @param folder what the host sees as /; what it changes there lies in memory
   */
  record MountRoot(String host, Path folder) implements FileOperation {
    @Override
    public String describe() {
      return "make " + folder + " the root file system of host " + host;
    }
  }

  /** Gives a host a /dev with nothing of the machine's, and terminals of its own. */
  record MountDevices(String host) implements FileOperation {
    @Override
    public String describe() {
      return "give host " + host + " a /dev of its own";
    }
  }

  /** Makes the programs work that need the host's passwords: su, passwd, ... */
  record MountAccountPrograms(String host) implements FileOperation {
    @Override
    public String describe() {
      return "let su, passwd and the like work in host " + host;
    }
  }

  /** Puts into a private directory what it starts with, before it is mounted. */
  record Fill(String host, PrivateDirectory directory) implements FileOperation {
    @Override
    public String describe() {
      String seed = directory.seed().map(from -> " out of " + from).orElse("");
      return "fill " + directory.path() + " of host " + host + seed;
    }
  }

  /**
   * Gives a host a directory of its own: empty, or as {@link Fill} has left it.
   *
   * @param mode its permissions
   */
  record MountPrivate(String host, PrivateDirectory directory, int mode) implements FileOperation {
    @Override
    public String describe() {
      return "give host " + host + " its own " + directory.path();
    }
  }

  /**
   * Shows a file or folder of the machine in a host, where no private directory is.
   *
   * @param readOnly whether the host may only read
   */
  record Bind(String host, Path source, Path target, boolean readOnly) implements FileOperation {
    @Override
    public String describe() {
      return "show " + source + " in host " + host + " at " + target;
    }
  }

  /** Makes the home directory of a user where there is none. */
  record MakeHome(String host, UserDescription user) implements FileOperation {
    @Override
    public String describe() {
      return "make the home of " + user.name() + " in host " + host + ", " + user.home();
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
      implements FileOperation {
    @Override
    public String describe() {
      return "show " + source + " in host " + host + " at " + target;
    }
  }

  /** Shows the host's own network devices under /sys, and hides the store of the lab. */
  record FinishMounts(String host, Path store) implements FileOperation {
    @Override
    public String describe() {
      return "mount /sys in host " + host + " and hide the other hosts' files";
    }
  }

  /** Writes a file of the lab's description. */
  record WriteFile(String host, FileDescription file) implements FileOperation {
    @Override
    public String describe() {
      return "write " + file.path() + " in host " + host;
    }
  }

  /** Tells a running host its changed names and addresses: /etc/hosts and /etc/resolv.conf. */
  record Rename(HostDescription description, List<InetAddress> addresses) implements FileOperation {
    @Override
    public String host() {
      return description.name();
    }

    @Override
    public String describe() {
      return "write /etc/hosts and /etc/resolv.conf in host " + host();
    }
  }
}
