/** What happens in a run, as events, and what is told and left of it. */
@NullMarked
package dev.warren.selftest.report;

import org.jspecify.annotations.NullMarked;
