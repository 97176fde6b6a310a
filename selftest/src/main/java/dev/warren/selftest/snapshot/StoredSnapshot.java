package dev.warren.selftest.snapshot;

import java.time.Instant;
import java.util.Optional;

/**
 * A snapshot in the cache, as it is listed.
 *
 * @param name what it is called, {@code TESTENV-DIGEST}
 * @param bytes what its files take
 * @param used when a lab last started from it, or it was made
 * @param inUse whether a lab starts from it now
 * @param manifest what it says of itself; empty when that is damaged
 */
public record StoredSnapshot(
    String name, long bytes, Instant used, boolean inUse, Optional<Manifest> manifest) {}
