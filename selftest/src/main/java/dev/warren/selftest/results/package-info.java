/**
 * What suites write to say how their tests went: formats, and readers that make one stream of
 * events of them.
 */
@NullMarked
package dev.warren.selftest.results;

import org.jspecify.annotations.NullMarked;
