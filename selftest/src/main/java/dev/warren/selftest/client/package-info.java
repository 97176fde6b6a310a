/** The client in which suites run: as good as new for each of them. */
@NullMarked
package dev.warren.selftest.client;

import org.jspecify.annotations.NullMarked;
