/** Commands to start in a host. */
@NullMarked
package dev.warren.lab.process;

import org.jspecify.annotations.NullMarked;
