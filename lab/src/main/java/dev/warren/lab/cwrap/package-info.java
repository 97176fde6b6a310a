/**
 * Labs for places where namespaces are refused: hosts that socket_wrapper, nss_wrapper,
 * resolv_wrapper and uid_wrapper (cwrap.org) pretend. Nothing here is Linux's own.
 */
@NullMarked
package dev.warren.lab.cwrap;

import org.jspecify.annotations.NullMarked;
