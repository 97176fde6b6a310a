/** Folders with all that is in them. */
@NullMarked
package dev.warren.lab.tree;

import org.jspecify.annotations.NullMarked;
