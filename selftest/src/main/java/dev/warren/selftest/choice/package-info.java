/** Choosing suites of plans: by name, testenv, test, tag, the last run's failures, and shard. */
@NullMarked
package dev.warren.selftest.choice;

import org.jspecify.annotations.NullMarked;
