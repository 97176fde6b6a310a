/** rtnetlink: links, addresses and routes. */
@NullMarked
package dev.warren.linux.netlink;

import org.jspecify.annotations.NullMarked;
