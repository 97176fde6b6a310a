/** Mounting and unmounting. */
@NullMarked
package dev.warren.linux.mount;

import org.jspecify.annotations.NullMarked;
