/** Snapshots: the saved states of testenvs that were set up, in the cache. */
@NullMarked
package dev.warren.selftest.snapshot;

import org.jspecify.annotations.NullMarked;
