/** The events of a run as a file, from which everything else can be told again. */
@NullMarked
package dev.warren.selftest.report.events;

import org.jspecify.annotations.NullMarked;
