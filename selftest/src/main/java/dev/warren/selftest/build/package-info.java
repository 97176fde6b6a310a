/** Build trees: folders in which software was built, whose programs hosts use where it lies. */
@NullMarked
package dev.warren.selftest.build;

import org.jspecify.annotations.NullMarked;
