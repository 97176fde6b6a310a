/** Nothing is left behind, whatever happens, and however long it goes on. */
@NullMarked
package dev.warren.lab.faults;

import org.jspecify.annotations.NullMarked;
