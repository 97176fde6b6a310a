package dev.warren.lab.description;

/**
 * Something that does not fit together in a lab's description.
 *
 * @param subject what the fault is about
 * @param message what is wrong, for the user, in one line
 */
public record Fault(Subject subject, String message) {}
