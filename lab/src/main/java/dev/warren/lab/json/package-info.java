/** Records as JSON, each with its type. */
@NullMarked
package dev.warren.lab.json;

import org.jspecify.annotations.NullMarked;
