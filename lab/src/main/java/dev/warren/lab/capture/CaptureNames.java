package dev.warren.lab.capture;

import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabDescription;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a lab's description says to a capture. */
public final class CaptureNames {
  private CaptureNames() {}

  /** The names of every address: the full one first. */
  public static Map<InetAddress, List<String>> of(LabDescription lab) {
    Map<InetAddress, List<String>> names = new LinkedHashMap<>();
    lab.everyone()
        .forEach(
            host ->
                lab.addresses(host)
                    .forEach(address -> names.put(address, new ArrayList<>(host.names()))));
    return names;
  }

  /**
   * Refuses a target that the lab does not have.
   *
   * @throws IllegalArgumentException saying so
   */
  public static void require(LabDescription lab, CaptureTarget target) {
    var _ = source(lab, target);
  }

  /**
   * Where the frames of a target come from.
   *
   * @throws IllegalArgumentException when the lab has no such target
   */
  public static CaptureSource source(LabDescription lab, CaptureTarget target) {
    return switch (target) {
      case CaptureTarget.Network network -> {
        if (lab.network(network.name()).isEmpty()) {
          throw new IllegalArgumentException(
              "lab " + lab.name() + " has no network " + network.name());
        }
        yield new CaptureSource(
            network.name(), false, network.name(), "network " + network.name() + ", all of it");
      }
      case CaptureTarget.Link link -> {
        InterfaceDescription end = end(lab, link);
        yield new CaptureSource(
            end.nameOnBridge(),
            true,
            link.host() + ":" + end.nameInHost(),
            "link of host " + link.host() + " to network " + end.network());
      }
    };
  }

  private static InterfaceDescription end(LabDescription lab, CaptureTarget.Link link) {
    List<InterfaceDescription> interfaces =
        lab.hosts().stream()
            .filter(host -> host.name().equalsIgnoreCase(link.host()))
            .findFirst()
            .map(HostDescription::interfaces)
            .orElse(List.of());
    if (link.place() < 0 || link.place() >= interfaces.size()) {
      throw new IllegalArgumentException(
          "lab %s has no host %s with an interface at place %d"
              .formatted(lab.name(), link.host(), link.place()));
    }
    return interfaces.get(link.place());
  }
}
