/** Tests of lab files. */
@NullMarked
package dev.warren.lab.file;

import org.jspecify.annotations.NullMarked;
