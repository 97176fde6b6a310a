/** What several packages' tests share. */
@NullMarked
package dev.warren.lab.testing;

import org.jspecify.annotations.NullMarked;
