/** System calls through java.lang.foreign, with errno captured. */
@NullMarked
package dev.warren.linux.kernel;

import org.jspecify.annotations.NullMarked;
