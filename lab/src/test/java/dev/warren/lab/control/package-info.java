@NullMarked
package dev.warren.lab.control;

import org.jspecify.annotations.NullMarked;
