/** Whole frames of an interface, read and sent: packet(7). */
@NullMarked
package dev.warren.linux.packet;

import org.jspecify.annotations.NullMarked;
