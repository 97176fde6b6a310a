/**
 * What happens in a lab, as data: who wants to know subscribes, and every lab that is registered
 * keeps a log of it.
 */
@NullMarked
package dev.warren.lab.event;

import org.jspecify.annotations.NullMarked;
