/** Generated and mutated input for all parsers, by the million. */
@NullMarked
package dev.warren.fuzz;

import org.jspecify.annotations.NullMarked;
