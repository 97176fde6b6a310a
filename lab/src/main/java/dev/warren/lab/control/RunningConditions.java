package dev.warren.lab.control;

/**
 * The conditions of a link of a lab that runs.
 *
 * @param text in words
 * @param means what imposes them: {@code netem}, {@code tbf} or {@code wire}
 */
public record RunningConditions(String text, String means) {}
