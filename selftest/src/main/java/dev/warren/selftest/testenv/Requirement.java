package dev.warren.selftest.testenv;

/**
 * A part of the software that a testenv cannot do without, and that not every build has.
 *
 * @param part what it is, for people: "needs PART"
 * @param script for bash, in the testenv's host before anything of it is there: succeeds where the
 *     part is
 */
public record Requirement(String part, String script) {}
