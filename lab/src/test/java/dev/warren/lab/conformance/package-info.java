/** One suite over both means that make hosts private. */
@NullMarked
package dev.warren.lab.conformance;

import org.jspecify.annotations.NullMarked;
