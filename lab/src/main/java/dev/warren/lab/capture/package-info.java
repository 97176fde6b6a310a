/** Captures: what goes over a link or a network, in a file that Wireshark opens. */
@NullMarked
package dev.warren.lab.capture;

import org.jspecify.annotations.NullMarked;
