/** Testenv definitions: the catalogue, its checks, templates and the order of set-up. */
@NullMarked
package dev.warren.selftest.testenv;

import org.jspecify.annotations.NullMarked;
