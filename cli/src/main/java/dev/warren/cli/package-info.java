/** The command line: arguments in, text out. */
@NullMarked
package dev.warren.cli;

import org.jspecify.annotations.NullMarked;
