/** Seccomp profiles with which labs work in containers. */
@NullMarked
package dev.warren.lab.seccomp;

import org.jspecify.annotations.NullMarked;
