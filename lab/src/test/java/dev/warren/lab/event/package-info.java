@NullMarked
package dev.warren.lab.event;

import org.jspecify.annotations.NullMarked;
