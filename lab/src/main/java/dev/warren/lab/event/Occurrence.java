package dev.warren.lab.event;

import java.time.Instant;

/**
 * An event and when it happened.
 *
 * @param time to the millisecond
 */
public record Occurrence(Instant time, Event event) {}
