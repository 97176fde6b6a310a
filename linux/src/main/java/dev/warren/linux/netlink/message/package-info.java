/** Netlink's bytes, whatever they are about: messages, attributes, answers, and the way there. */
@NullMarked
package dev.warren.linux.netlink.message;

import org.jspecify.annotations.NullMarked;
