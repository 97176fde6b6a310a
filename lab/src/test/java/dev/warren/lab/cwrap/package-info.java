@NullMarked
package dev.warren.lab.cwrap;

import org.jspecify.annotations.NullMarked;
