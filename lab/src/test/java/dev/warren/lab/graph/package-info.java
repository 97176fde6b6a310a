@NullMarked
package dev.warren.lab.graph;

import org.jspecify.annotations.NullMarked;
