/** nftables by netlink: tables of rules as data, put into the kernel as a whole. */
@NullMarked
package dev.warren.linux.nftables;

import org.jspecify.annotations.NullMarked;
