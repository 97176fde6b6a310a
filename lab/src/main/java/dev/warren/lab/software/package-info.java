/** The programs that hosts need: Debian packages, unpacked into a cache. */
@NullMarked
package dev.warren.lab.software;

import org.jspecify.annotations.NullMarked;
