/**
 * The Java agent that gives an unprivileged JVM the powers of root in a user namespace of its own.
 */
@NullMarked
package dev.warren.agent;

import org.jspecify.annotations.NullMarked;
