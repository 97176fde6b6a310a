package dev.warren.lab.host;

import dev.warren.linux.idmap.IdMap;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.process.Spawner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A user namespace of a host's own, which owns the host's other namespaces, and the way in.
 *
 * <p>A thread of this JVM cannot go in: a process of several threads cannot change user namespaces.
 * But the lab's root has all powers over what a user namespace inside the lab's owns, so threads
 * enter the others as they are. Processes go in as they start, by nsenter(1): always the machine's,
 * never a program of the host, as nsenter has the lab's powers until it is inside.
 */
public final class Enclosure implements AutoCloseable {
  private final HostIds ids;
  private final Path nsenter;
  private final Descriptor outside;
  private final Descriptor user;
  private final Map<NamespaceKind, Descriptor> made;

  private Enclosure(
      HostIds ids,
      Path nsenter,
      Descriptor outside,
      Descriptor user,
      Map<NamespaceKind, Descriptor> made) {
    this.ids = ids;
    this.nsenter = nsenter;
    this.outside = outside;
    this.user = user;
    this.made = made;
  }

  /**
   * Makes the user namespace of a host, and the namespaces in it that need nothing else.
   *
   * @param ids whom the host has
   * @param outside the mount namespace whose programs are trusted; not closed with this
   */
  public static Enclosure make(Kernel kernel, HostIds ids, Descriptor outside) throws IOException {
    Path nsenter = Spawner.find("nsenter", Init.ENVIRONMENT, Path.of("/"));
    Descriptor user;
    List<String> first = List.of("unshare", "--user", "--");
    try (Keeper keeper = Keeper.start(kernel, outside, first, List.of())) {
      // From outside, and before there is anything that it could own.
      write(keeper.pid(), "uid_map", ids.users());
      write(keeper.pid(), "gid_map", ids.groups());
      user = keeper.open(NamespaceKind.USER);
    }
    Enclosure enclosure =
        new Enclosure(ids, nsenter, outside, user, new EnumMap<>(NamespaceKind.class));
    List<String> second = new ArrayList<>(enclosure.nsenter(Map.of()));
    second.addAll(List.of("unshare", "--net", "--uts", "--ipc", "--"));
    try (Keeper keeper = Keeper.start(kernel, outside, second, List.of())) {
      for (NamespaceKind kind : List.of(NamespaceKind.NET, NamespaceKind.UTS, NamespaceKind.IPC)) {
        enclosure.made.put(kind, keeper.open(kind));
      }
      return enclosure;
    } catch (IOException failure) {
      enclosure.close();
      throw failure;
    }
  }

  private static void write(long pid, String file, IdMap map) throws IOException {
    try {
      Files.writeString(Path.of("/proc", Long.toString(pid), file), map.text());
    } catch (IOException failure) {
      throw new IOException(
          "map the ids %s of a user namespace: %s"
              .formatted(map.text().strip().replace("\n", ", "), failure.getMessage()),
          failure);
    }
  }

  /** Who can be in there. */
  HostIds ids() {
    return ids;
  }

  /** The mount namespace whose programs are trusted. */
  Descriptor outside() {
    return outside;
  }

  /** The namespaces that were made with it; the taker's to close. */
  Map<NamespaceKind, Descriptor> take() {
    Map<NamespaceKind, Descriptor> taken = new EnumMap<>(made);
    made.clear();
    return taken;
  }

  /**
   * The command that goes in and then becomes the one that follows: as the host's root, in further
   * namespaces, which it enters with the lab's powers before it is inside.
   *
   * @param others the further namespaces
   */
  List<String> nsenter(Map<NamespaceKind, Descriptor> others) {
    List<String> command = new ArrayList<>(List.of(nsenter.toString(), "--user=" + path(user)));
    if (!ids.isShifted()) {
      // Root is root already; and with one id only the kernel lets nobody set groups.
      command.add("--preserve-credentials");
    }
    others.forEach((kind, file) -> command.add("--" + option(kind) + "=" + path(file)));
    command.add("--");
    return command;
  }

  /** Not by an inherited descriptor, which the program would inherit too. */
  private static String path(Descriptor file) {
    return "/proc/" + ProcessHandle.current().pid() + "/fd/" + file.number();
  }

  private static String option(NamespaceKind kind) {
    return switch (kind) {
      case MOUNT -> "mount";
      case CGROUP, UTS, IPC, USER, PID, NET -> kind.file();
    };
  }

  @Override
  public void close() {
    made.values().forEach(Descriptor::close);
    user.close();
  }
}
