package dev.warren.selftest.run;

import java.util.Map;

/**
 * The variables that a catalogue gives suites by itself.
 *
 * @param all of every suite
 * @param none of suites that need no testenv, besides
 */
record CommonVariables(Map<String, String> all, Map<String, String> none) {}
