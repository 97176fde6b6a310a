package dev.warren.lab.description;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a lab has besides networks and hosts.
 *
 * @param captures files into which all goes that goes over a link or network
 * @param seed what all chance in the lab comes from: the same seed loses the same packets. Without
 *     it each start takes another one
 * @param isolation what is to make its hosts private
 */
public record LabOptions(
    List<CaptureDescription> captures, OptionalLong seed, Isolation isolation) {

  /** Nothing. */
  public static final LabOptions DEFAULT =
      new LabOptions(List.of(), OptionalLong.empty(), Isolation.AUTO);

  /** Copies the list. */
  public LabOptions {
    captures = List.copyOf(captures);
  }

  /** The same with a seed. */
  public LabOptions withSeed(long value) {
    return new LabOptions(captures, OptionalLong.of(value), isolation);
  }

  /** The same with hosts that are private by another means. */
  public LabOptions isolatedBy(Isolation value) {
    return new LabOptions(captures, seed, value);
  }

  /** With these captures in place of its own. */
  public LabOptions capturing(List<CaptureDescription> wanted) {
    return new LabOptions(wanted, seed, isolation);
  }

  /** Without the captures of links of hosts other than these. */
  public LabOptions ofHosts(Set<String> hosts) {
    return capturing(
        captures.stream()
            .filter(
                one ->
                    !(one.target() instanceof CaptureTarget.Link link)
                        || hosts.stream().anyMatch(link::isOf))
            .toList());
  }

  /** With one more capture. */
  public LabOptions with(CaptureDescription capture) {
    List<CaptureDescription> all = new ArrayList<>(captures);
    all.add(capture);
    return capturing(all);
  }
}
