/** Tests of what a lab can be. */
@NullMarked
package dev.warren.lab.description;

import org.jspecify.annotations.NullMarked;
