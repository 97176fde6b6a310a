package dev.warren.lab.plan;

import dev.warren.lab.capture.CaptureNames;
import dev.warren.lab.description.LabDescription;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The steps that begin the captures of a lab: each right after what is captured is there. */
final class CapturePlanner {
  private final List<CaptureOperation.Begin> all;

  private CapturePlanner(List<CaptureOperation.Begin> all) {
    this.all = List.copyOf(all);
  }

  /** Those of a lab that starts. */
  static CapturePlanner of(LabDescription lab) {
    Map<InetAddress, List<String>> names = CaptureNames.of(lab);
    return new CapturePlanner(
        lab.options().captures().stream()
            .map(
                capture ->
                    new CaptureOperation.Begin(
                        lab.root().name(),
                        CaptureNames.source(lab, capture.target()),
                        capture.file(),
                        capture.snapLength(),
                        names,
                        false))
            .toList());
  }

  /** The same, where those that are in another lab too add to what is in their files. */
  CapturePlanner after(CapturePlanner before) {
    return new CapturePlanner(
        all.stream().map(begin -> before.has(begin) ? begin.goingOn() : begin).toList());
  }

  private boolean has(CaptureOperation.Begin begin) {
    return all.stream().anyMatch(begin::isAs);
  }

  /** The steps for an interface in the root's namespace that is there now. */
  List<CaptureOperation.Begin> at(String device) {
    return all.stream().filter(begin -> begin.source().device().equals(device)).toList();
  }

  /**
   * The captures that end when a lab becomes another one: those that the other has not, and those
   * of interfaces that go.
   *
   * @param stays whether an interface in the root's namespace lives on
   */
  List<CaptureOperation.End> endings(CapturePlanner after, Predicate<String> stays) {
    return all.stream()
        .filter(begin -> !(after.has(begin) && stays.test(begin.source().device())))
        .map(CaptureOperation.End::new)
        .toList();
  }

  /** The captures that another lab has not, of interfaces that are in both. */
  List<CaptureOperation.Begin> beginnings(CapturePlanner before, Predicate<String> stays) {
    return all.stream()
        .filter(begin -> !before.has(begin) && stays.test(begin.source().device()))
        .toList();
  }
}
