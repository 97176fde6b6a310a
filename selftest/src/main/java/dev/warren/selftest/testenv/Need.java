package dev.warren.selftest.testenv;

import dev.warren.lab.source.Position;

/**
 * A testenv that another one needs.
 *
 * @param testenv its name
 * @param position where it is asked for
 */
public record Need(String testenv, Position position) {}
