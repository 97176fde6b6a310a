/** Link conditions, on real cables. */
@NullMarked
package dev.warren.lab.wire;

import org.jspecify.annotations.NullMarked;
