/** What a host's routes and rules are in a lab: the description put into addresses and devices. */
@NullMarked
package dev.warren.lab.routing;

import org.jspecify.annotations.NullMarked;
