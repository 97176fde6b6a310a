package dev.warren.lab.doctor;

import dev.warren.linux.idmap.IdMap;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.mount.OverlayOptions;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import dev.warren.linux.netlink.CreateBridge;
import dev.warren.linux.netlink.CreateCable;
import dev.warren.linux.netlink.NetlinkSocket;
import dev.warren.linux.netlink.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Does what labs do, once each, in namespaces of a process of its own that {@link TrialChecks}
 * starts: nothing of it can be seen outside or stays, but that the kernel may load a part of itself
 * as it would for a lab. Writes a line "STEP ok" or "STEP words of the error" for each.
 */
public final class Trial {
  /** The steps, in their order. */
  enum Step {
    HOSTNAME,
    TMPFS,
    ETC,
    USR,
    SYSFS,
    BRIDGE,
    CABLE,
    IDS,
    TUN,
    FIREWALL,
    NAT,
    NETEM,
    TBF;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int BRIDGE_INDEX = 100;
  private static final int CABLE_INDEX = 101;

  private final Mounts mounts = new Mounts(Kernel.real());
  private final Namespaces namespaces = new Namespaces(Kernel.real());
  private final NetworkTrial network = new NetworkTrial(Kernel.real(), "one", CABLE_INDEX);
  private final Path folder;
  private boolean apart;

  private Trial(Path folder) {
    this.folder = folder;
  }

  /**
   * The trial's own process.
   *
   * @param arguments an empty folder, and a file for the report; whoever starts this removes them
   */
  public static void main(String[] arguments) throws IOException {
    Path report = Path.of(arguments[1]);
    Trial trial = new Trial(Path.of(arguments[0]));
    for (Step step : Step.values()) {
      String words;
      try {
        words = trial.attempt(step);
      } catch (IOException refused) {
        words = refused.getMessage();
      }
      Files.writeString(report, step.key() + " " + words + "\n", StandardOpenOption.APPEND);
    }
  }

  private String attempt(Step step) throws IOException {
    switch (step) {
      case HOSTNAME -> namespaces.hostname("trial");
      case TMPFS -> {
        mounts.makePrivate();
        mounts.tmpfs(folder, "mode=0755");
        apart = true;
      }
      case ETC ->
          overlay(
              List.of(Path.of("/etc")),
              Optional.of(new OverlayOptions.Upper(made("upper"), made("work"))));
      case USR -> overlay(List.of(made("layer"), Path.of("/usr")), Optional.empty());
      case SYSFS -> mounts.sysfs(made("sys"));
      case BRIDGE -> request(new CreateBridge("trial", BRIDGE_INDEX));
      case CABLE -> {
        try (var own = namespaces.own(NamespaceKind.NET)) {
          request(
              new CreateCable(
                  "one",
                  CABLE_INDEX,
                  BRIDGE_INDEX,
                  new CreateCable.Peer("two", CABLE_INDEX + 1, own.number())));
        }
      }
      case IDS -> {
        return Long.toString(IdMap.ofUsers().size());
      }
      case TUN -> network.tun();
      case FIREWALL -> network.firewall();
      case NAT -> network.nat();
      case NETEM -> request(network.netem());
      case TBF -> request(network.tokenBucket());
    }
    return "ok";
  }

  private void overlay(List<Path> lower, Optional<OverlayOptions.Upper> upper) throws IOException {
    mounts.overlay(
        made(upper.isPresent() ? "etc" : "usr"),
        new OverlayOptions(lower, upper, upper.isPresent() && !IdMap.ofUsers().isInitial()));
  }

  /** Makes a folder, never on the machine itself. */
  private Path made(String name) throws IOException {
    if (!apart) {
      throw new IOException("not tried without private folders");
    }
    return Files.createDirectory(folder.resolve(name));
  }

  private static void request(Request request) throws IOException {
    try (NetlinkSocket socket = NetlinkSocket.open(Kernel.real())) {
      socket.execute(List.of(request));
    }
  }
}
