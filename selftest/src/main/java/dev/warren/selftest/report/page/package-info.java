/** A run as one page for a browser, made from its events. */
@NullMarked
package dev.warren.selftest.report.page;

import org.jspecify.annotations.NullMarked;
