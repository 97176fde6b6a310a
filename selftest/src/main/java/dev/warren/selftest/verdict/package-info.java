/** What a test's result is worth: known failures, and the result of a suite from its tests. */
@NullMarked
package dev.warren.selftest.verdict;

import org.jspecify.annotations.NullMarked;
