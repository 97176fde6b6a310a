package dev.warren.lab.description;

/**
 * Something that a host keeps running.
 *
 * @param name unique on the host
 */
public record ServiceDescription(String name) {}
