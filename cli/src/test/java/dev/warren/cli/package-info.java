@NullMarked
package dev.warren.cli;

import org.jspecify.annotations.NullMarked;
