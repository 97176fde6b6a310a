/** Tests of the readers' ground floor. */
@NullMarked
package dev.warren.lab.source;

import org.jspecify.annotations.NullMarked;
