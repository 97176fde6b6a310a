package dev.warren.selftest.testenv;

/**
 * A file to write before the first step.
 *
 * @param path absolute, as the host sees files
 * @param mode its permission bits
 * @param text its content
 */
public record FileTemplate(Template path, int mode, Template text) {}
