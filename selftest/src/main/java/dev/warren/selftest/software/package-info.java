/** The programs that a lab's hosts need: Debian packages unpacked into a cache. */
@NullMarked
package dev.warren.selftest.software;

import org.jspecify.annotations.NullMarked;
