/** Plans: which suites there are, the testenv each needs, and its command. */
@NullMarked
package dev.warren.selftest.plan;

import org.jspecify.annotations.NullMarked;
