package dev.warren.lab.description;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a lab's captures. */
final class CaptureCheck {
  private CaptureCheck() {}

  static List<Fault> faults(
      List<CaptureDescription> captures,
      List<NetworkDescription> networks,
      HostDescription root,
      List<HostDescription> hosts) {
    List<Fault> faults = new ArrayList<>();
    Set<Path> files = new HashSet<>();
    for (int i = 0; i < captures.size(); i++) {
      CaptureDescription capture = captures.get(i);
      Subject subject = new Subject.Capture(i);
      if (!files.add(capture.absoluteFile())) {
        faults.add(new Fault(subject, "two captures go to " + capture.file()));
      }
      fault(capture.target(), networks, root, hosts)
          .ifPresent(message -> faults.add(new Fault(subject, message)));
    }
    return faults;
  }

  private static Optional<String> fault(
      CaptureTarget target,
      List<NetworkDescription> networks,
      HostDescription root,
      List<HostDescription> hosts) {
    return switch (target) {
      case CaptureTarget.Network network ->
          networks.stream().anyMatch(one -> one.name().equals(network.name()))
              ? Optional.empty()
              : Optional.of("a capture is of network " + network.name() + ", which is not there");
      case CaptureTarget.Link link ->
          hosts.stream()
                  .filter(host -> host.name().equalsIgnoreCase(link.host()))
                  .anyMatch(host -> link.place() >= 0 && link.place() < host.interfaces().size())
              ? Optional.empty()
              : Optional.of(
                  link.host().equalsIgnoreCase(root.name())
                      ? "the root has no cable to capture: capture its networks"
                      : "a capture is of interface %d of host %s, which is not there"
                          .formatted(link.place(), link.host()));
    };
  }
}
