/** Starting, watching and ending processes. */
@NullMarked
package dev.warren.linux.process;

import org.jspecify.annotations.NullMarked;
