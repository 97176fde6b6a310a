/** The subunit stream, version 1, with Samba's additions: events, parser, writer. */
@NullMarked
package dev.warren.selftest.subunit;

import org.jspecify.annotations.NullMarked;
