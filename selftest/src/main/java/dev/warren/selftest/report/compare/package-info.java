/** What changed between two runs. */
@NullMarked
package dev.warren.selftest.report.compare;

import org.jspecify.annotations.NullMarked;
