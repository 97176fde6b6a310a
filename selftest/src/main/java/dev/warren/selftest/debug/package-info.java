/** Services of testenvs under a debugger. */
@NullMarked
package dev.warren.selftest.debug;

import org.jspecify.annotations.NullMarked;
