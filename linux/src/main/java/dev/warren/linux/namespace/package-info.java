/** Making, holding and entering namespaces. */
@NullMarked
package dev.warren.linux.namespace;

import org.jspecify.annotations.NullMarked;
