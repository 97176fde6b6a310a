package dev.warren.selftest.testenv;

import java.time.Duration;

/**
 * A part of a set-up.
 *
 * @param name what it does, for people
 * @param script for bash
 * @param timeout how long it may take; a step fails when it takes longer, a probe when it did not
 *     succeed by then
 * @param side where it runs
 * @param always whether it also runs when the testenv starts from a snapshot, which holds what the
 *     other steps did
 */
public record Step(String name, String script, Duration timeout, Side side, boolean always) {}
