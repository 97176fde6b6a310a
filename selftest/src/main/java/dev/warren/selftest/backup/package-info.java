/** Backups of Samba domains, of which testenvs can be made. */
@NullMarked
package dev.warren.selftest.backup;

import org.jspecify.annotations.NullMarked;
