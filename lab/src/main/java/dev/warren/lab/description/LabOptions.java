package dev.warren.lab.description;

import java.util.OptionalLong;

/**
 * What a lab has besides networks and hosts.
 *
 * @param seed what all chance in the lab comes from: the same seed loses the same packets. Without
 *     it each start takes another one
 */
public record LabOptions(OptionalLong seed) {

  /** Nothing. */
  public static final LabOptions DEFAULT = new LabOptions(OptionalLong.empty());

  /** The same with a seed. */
  public LabOptions withSeed(long value) {
    return new LabOptions(OptionalLong.of(value));
  }
}
