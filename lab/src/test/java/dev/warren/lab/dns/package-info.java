/** Tests of the DNS service, over real sockets on 127.0.0.1 where sockets matter. */
@NullMarked
package dev.warren.lab.dns;

import org.jspecify.annotations.NullMarked;
