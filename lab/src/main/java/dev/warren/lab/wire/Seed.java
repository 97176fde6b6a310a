package dev.warren.lab.wire;

/**
 * What all chance in a lab comes from.
 *
 * @param asked whether somebody asked for this one, and so for the same chance each time
 */
public record Seed(long value, boolean asked) {}
