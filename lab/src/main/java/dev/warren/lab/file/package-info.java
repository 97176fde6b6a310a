/** Lab files: YAML in, a lab's description out, or every mistake with line and column. */
@NullMarked
package dev.warren.lab.file;

import org.jspecify.annotations.NullMarked;
