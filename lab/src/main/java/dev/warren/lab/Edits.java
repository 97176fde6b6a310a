package dev.warren.lab;

import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LabOptions;
import dev.warren.lab.description.NetworkDescription;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Labs with one thing more, or less. */
final class Edits {
  private Edits() {}

  static LabDescription add(LabDescription lab, HostDescription host) {
    return with(lab, lab.networks(), plus(lab.hosts(), host), lab.options());
  }

  /** Without a host, and the captures of its links. */
  static LabDescription remove(LabDescription lab, HostDescription host) {
    List<HostDescription> others =
        lab.hosts().stream().filter(one -> !one.name().equals(host.name())).toList();
    Set<String> names = others.stream().map(HostDescription::name).collect(Collectors.toSet());
    return with(lab, lab.networks(), others, lab.options().ofHosts(names));
  }

  static LabDescription add(LabDescription lab, NetworkDescription network) {
    return with(lab, plus(lab.networks(), network), lab.hosts(), lab.options());
  }

  static LabDescription connect(
      LabDescription lab, HostDescription host, InterfaceDescription link) {
    return with(lab, host.withInterfaces(plus(host.interfaces(), link)), lab.options());
  }

  /** Without a link, and the captures of it. */
  static LabDescription disconnect(LabDescription lab, HostDescription host, int number) {
    List<InterfaceDescription> others =
        host.interfaces().stream().filter(one -> one.number() != number).toList();
    List<CaptureDescription> captures =
        lab.options().captures().stream()
            .flatMap(one -> moved(one, host, others).stream())
            .toList();
    return with(lab, host.withInterfaces(others), lab.options().capturing(captures));
  }

  /** The same capture when its host has these interfaces, if the captured one is among them. */
  private static Optional<CaptureDescription> moved(
      CaptureDescription capture, HostDescription host, List<InterfaceDescription> interfaces) {
    if (!(capture.target() instanceof CaptureTarget.Link link) || !link.isOf(host.name())) {
      return Optional.of(capture);
    }
    int place = interfaces.indexOf(host.interfaces().get(link.place()));
    return place < 0
        ? Optional.empty()
        : Optional.of(
            new CaptureDescription(
                new CaptureTarget.Link(link.host(), place), capture.file(), capture.snapLength()));
  }

  private static LabDescription with(
      LabDescription lab, HostDescription changed, LabOptions options) {
    List<HostDescription> hosts =
        lab.hosts().stream()
            .map(host -> host.name().equals(changed.name()) ? changed : host)
            .toList();
    return with(lab, lab.networks(), hosts, options);
  }

  private static LabDescription with(
      LabDescription lab,
      List<NetworkDescription> networks,
      List<HostDescription> hosts,
      LabOptions options) {
    LabBuilder builder = LabDescription.builder(lab.name()).root(lab.root()).options(options);
    networks.forEach(builder::network);
    hosts.forEach(builder::host);
    return builder.build();
  }

  private static <T> List<T> plus(List<T> list, T one) {
    return Stream.concat(list.stream(), Stream.of(one)).toList();
  }
}
