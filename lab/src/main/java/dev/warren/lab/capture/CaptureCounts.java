package dev.warren.lab.capture;

/**
 * How much a capture has.
 *
 * @param packets that it kept
 * @param dropped packets that came too fast to be kept
 */
public record CaptureCounts(long packets, long dropped) {}
