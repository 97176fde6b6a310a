/** Scripts by which bash, zsh and fish complete the command line. */
@NullMarked
package dev.warren.cli.completion;

import org.jspecify.annotations.NullMarked;
