package dev.warren.selftest.testenv;

import dev.warren.lab.source.Position;

/**
 * Another name of a testenv.
 *
 * @param position where the definition has it
 */
public record Alias(String name, Position position) {}
