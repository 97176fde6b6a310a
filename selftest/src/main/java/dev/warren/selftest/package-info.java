/** The selftest runner. */
@NullMarked
package dev.warren.selftest;

import org.jspecify.annotations.NullMarked;
