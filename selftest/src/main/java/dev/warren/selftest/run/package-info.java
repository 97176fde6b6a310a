/** Runs: testenvs set up in a lab, and suites run against them. */
@NullMarked
package dev.warren.selftest.run;

import org.jspecify.annotations.NullMarked;
