package dev.warren.lab.wire;

import dev.warren.lab.description.LinkConditions;
import java.util.Optional;

/**
 * What holds on a link now.
 *
 * @param conditions what was asked for
 * @param means what imposes it
 * @param toHost what the wire did to packets to the host, when there is a wire
 * @param fromHost what the wire did to packets from the host, when there is a wire
 */
public record LinkReport(
    LinkConditions conditions,
    Means means,
    Optional<WireCounters> toHost,
    Optional<WireCounters> fromHost) {

  /** Of a link without conditions. */
  public static final LinkReport PLAIN =
      new LinkReport(LinkConditions.PERFECT, Means.PLAIN, Optional.empty(), Optional.empty());
}
