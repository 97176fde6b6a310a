@NullMarked
package dev.warren.lab.capture;

import org.jspecify.annotations.NullMarked;
