/** Labs as fixtures of JUnit tests. */
@NullMarked
package dev.warren.junit;

import org.jspecify.annotations.NullMarked;
