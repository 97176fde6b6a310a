/** What a terminal shows of a run while it runs. */
@NullMarked
package dev.warren.selftest.report.live;

import org.jspecify.annotations.NullMarked;
