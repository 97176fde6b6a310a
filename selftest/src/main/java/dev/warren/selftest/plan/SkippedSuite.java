package dev.warren.selftest.plan;

/**
 * A suite that is left out and told of.
 *
 * @param reason why; empty where whoever left it out gave none
 */
public record SkippedSuite(Suite suite, String reason) {}
