package dev.warren.lab.description;

import java.util.ArrayList;
import java.util.List;

/**
 * What a lab has besides networks and hosts.
 *
 * @param captures files into which all goes that goes over a link or network
 */
public record LabOptions(List<CaptureDescription> captures) {

  /** Nothing. */
  public static final LabOptions DEFAULT = new LabOptions(List.of());

  /** Copies the list. */
  public LabOptions {
    captures = List.copyOf(captures);
  }

  /** With one more capture. */
  public LabOptions with(CaptureDescription capture) {
    List<CaptureDescription> all = new ArrayList<>(captures);
    all.add(capture);
    return new LabOptions(all);
  }
}
