/** Who is who: the id map of the user namespace that this JVM runs in. */
@NullMarked
package dev.warren.linux.idmap;

import org.jspecify.annotations.NullMarked;
